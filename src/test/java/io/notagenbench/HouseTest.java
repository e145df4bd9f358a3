package io.notagenbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.notagenbench.device.cuda.CudaContext;
import io.notagenbench.device.cuda.CudaDriver;

/** Every arrow of the house points down. */
@AnalyzeClasses(packages = "io.notagenbench", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.notagenbench.(**)").should().beFreeOfCycles();

    /** What starts forks must not take a context on the card that they measure. */
    @ArchTest
    static final ArchRule HOSTS_CALL_NO_CUDA = noClasses()
            .that().resideInAnyPackage("io.notagenbench.cli..", "io.notagenbench.sweep..", "io.notagenbench.report..",
                    "io.notagenbench.compare..", "io.notagenbench.merge..")
            .should().dependOnClassesThat().areAssignableTo(CudaDriver.class)
            .orShould().dependOnClassesThat().areAssignableTo(CudaContext.class)
            .orShould().dependOnClassesThat().resideInAPackage("jcuda..");

    /** A folder of results can be read where no engine starts. */
    @ArchTest
    static final ArchRule RESULTS_KNOW_NO_ENGINE = noClasses().that().resideInAPackage("io.notagenbench.results..")
            .should().dependOnClassesThat().resideInAnyPackage("io.notagenbench.engine..", "io.notagenbench.decoding..",
                    "io.notagenbench.generate..", "io.notagenbench.benchmark..");

    @ArchTest
    static final ArchRule DOWNWARDS = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("cli").definedBy("io.notagenbench.cli..", "io.notagenbench")
            .layer("tools").definedBy("io.notagenbench.sweep..", "io.notagenbench.report..",
                    "io.notagenbench.compare..", "io.notagenbench.merge..",
                    "io.notagenbench.profiler..", "io.notagenbench.arms..")
            .layer("benchmark").definedBy("io.notagenbench.benchmark..")
            .layer("results").definedBy("io.notagenbench.results..")
            .layer("generate").definedBy("io.notagenbench.generate..")
            .layer("decoding").definedBy("io.notagenbench.decoding..")
            .layer("backends").definedBy("io.notagenbench.engine.onnx..", "io.notagenbench.engine.pytorch..")
            .layer("engine").definedBy("io.notagenbench.engine", "io.notagenbench.engine.reference..")
            .layer("base").definedBy("io.notagenbench.checkpoint..", "io.notagenbench.abc..",
                    "io.notagenbench.sampling..", "io.notagenbench.device..", "io.notagenbench.params..",
                    "io.notagenbench.fault..", "io.notagenbench.statistics..",
                    "io.notagenbench.quantisation..", "io.notagenbench.document..")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer()
            .whereLayer("tools").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("benchmark").mayNotBeAccessedByAnyLayer()
            .whereLayer("results").mayOnlyBeAccessedByLayers("cli", "tools", "benchmark")
            .whereLayer("generate").mayOnlyBeAccessedByLayers("cli", "tools", "benchmark")
            .whereLayer("decoding").mayOnlyBeAccessedByLayers("cli", "tools", "benchmark", "generate")
            .whereLayer("backends").mayNotBeAccessedByAnyLayer()
            .whereLayer("engine").mayOnlyBeAccessedByLayers("cli", "tools", "benchmark", "generate", "decoding",
                    "backends");
}
