package io.notagenbench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.notagenbench.device.cuda.CudaContext;
import io.notagenbench.device.cuda.CudaDriver;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.DecodeCost;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.engine.PassCost;
import io.notagenbench.engine.WeightFormat;
import io.notagenbench.generate.RepresentativePatches;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Backend;
import io.notagenbench.results.Measured;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the packages to the table in CONTRIBUTING.md: which there are, and which uses which. */
@AnalyzeClasses(packages = "io.notagenbench", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    private static final String ROOT = "io.notagenbench";
    private static final String CLI = "cli";
    private static final String ALL_BELOW = "all below";
    /** Compiled with the profile for cards alone. */
    private static final String ON_CARDS = "device.jcuda";
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?" + ROOT + "\\.((?:[a-z]+\\.)+)[A-Z]", Pattern.MULTILINE);

    /** The packages from top to bottom, and what each uses. */
    private static final Map<String, Set<String>> HOUSE = house();

    /** What starts forks must not take a context on the card that they measure. */
    @ArchTest
    static final ArchRule HOSTS_CALL_NO_CUDA = noClasses()
            .that().resideInAnyPackage("io.notagenbench.cli..", "io.notagenbench.sweep..", "io.notagenbench.report..",
                    "io.notagenbench.compare..", "io.notagenbench.merge..")
            .should().dependOnClassesThat().areAssignableTo(CudaDriver.class)
            .orShould().dependOnClassesThat().areAssignableTo(CudaContext.class)
            .orShould().dependOnClassesThat().resideInAPackage("jcuda..");

    /** What reads results computes with sizes of models and with recorded pieces. It starts no engine and writes no piece. */
    @ArchTest
    static final ArchRule READERS_START_NO_ENGINE = noClasses()
            .that().resideInAnyPackage("io.notagenbench.report..", "io.notagenbench.compare..", "io.notagenbench.merge..")
            .should().dependOnClassesThat(resideInAnyPackage("io.notagenbench.engine..", "io.notagenbench.generate..",
                    "io.notagenbench.decoding..").and(not(belongToAnyOf(Device.class, DecodeCost.class, PassCost.class,
                    WeightFormat.class, MemoryFit.class, Trace.class, RepresentativePatches.class))));

    /** Whoever reads a counter reads a field of its class, so a counter that is renamed has to be renamed everywhere. */
    @ArchTest
    static final ArchRule COUNTERS_ARE_READ_BY_TYPE = noClasses()
            .that().doNotHaveFullyQualifiedName("io.notagenbench.report.Measurement")
            .should().callMethod(Measured.class, "mean", String.class)
            .orShould().callMethod(Measured.class, "largest", String.class);

    private static Map<String, Set<String>> house() {
        List<String> packages = new ArrayList<>();
        List<String> uses = new ArrayList<>();
        for (String line : text(Path.of("CONTRIBUTING.md")).lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                packages.add(row.group(1));
                uses.add(row.group(2).strip());
            }
        }
        Map<String, Set<String>> house = new LinkedHashMap<>();
        for (int i = 0; i < packages.size(); i++) {
            List<String> below = packages.subList(i + 1, packages.size());
            house.put(packages.get(i), new TreeSet<>(uses.get(i).equals(ALL_BELOW)
                    ? below.stream().filter(name -> !isBackend(name)).toList()
                    : Arrays.stream(uses.get(i).split(", ")).filter(name -> !name.isEmpty()).toList()));
        }
        return house;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a package is that of a backend, or within it. */
    private static boolean isBackend(String name) {
        return Arrays.stream(Backend.values()).map(backend -> "engine." + backend.name())
                .anyMatch(backend -> name.equals(backend) || name.startsWith(backend + "."));
    }

    /** What each package uses: by what is compiled, and by imports, which constants and comments need, too. */
    private static Map<String, Set<String>> arrows(JavaClasses classes) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : classes.that(resideOutsideOfPackage("..jmh_generated.."))) {
            Set<String> used = arrows.computeIfAbsent(name(type.getPackageName()), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream().map(arrow -> arrow.getTargetClass().getBaseComponentType().getPackageName())
                    .filter(target -> target.equals(ROOT) || target.startsWith(ROOT + ".")).map(HouseTest::name).forEach(used::add);
        }
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.startsWith(sources.resolve(ROOT.replace('.', '/'))) && file.toString().endsWith(".java")).forEach(file -> {
                Set<String> used = arrows.computeIfAbsent(
                        name(sources.relativize(file.getParent()).toString().replace(File.separatorChar, '.')), name -> new TreeSet<>());
                IMPORT.matcher(text(file)).results().map(match -> match.group(1)).map(name -> name.substring(0, name.length() - 1))
                        .forEach(used::add);
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        arrows.forEach((name, used) -> used.remove(name));
        return arrows;
    }

    /** Of a package, without what all have in common; the main class belongs to the commands. */
    private static String name(String packageName) {
        return packageName.equals(ROOT) ? CLI : packageName.replace(ROOT + ".", "");
    }

    @ArchTest
    static void everyPackageIsInThePicture(JavaClasses classes) {
        Set<String> expected = arrows(classes).keySet();
        assertThat(HOUSE.keySet().stream().filter(name -> !name.equals(ON_CARDS) || expected.contains(name)))
                .as("rows of the table in CONTRIBUTING.md").containsExactlyInAnyOrderElementsOf(expected);
    }

    @ArchTest
    static void everyPackageUsesWhatThePictureSaysAndNothingElse(JavaClasses classes) {
        List<String> faults = new ArrayList<>();
        arrows(classes).forEach((name, used) -> {
            Set<String> told = HOUSE.get(name);
            used.stream().filter(other -> !told.contains(other))
                    .forEach(other -> faults.add(name + " uses " + other + ", which its row does not allow"));
            told.stream().filter(other -> !used.contains(other) && !name.equals(CLI))
                    .forEach(other -> faults.add(name + " no longer uses " + other + ": take it out of its row"));
        });
        assertThat(faults).as("against the table in CONTRIBUTING.md").isEmpty();
    }

    @Test
    void everyArrowOfThePicturePointsDown() {
        List<String> order = List.copyOf(HOUSE.keySet());
        HOUSE.forEach((name, used) -> assertThat(order.subList(order.indexOf(name) + 1, order.size()))
                .as("below %s", name).containsAll(used));
    }

    @Test
    void nobodySeesABackend() {
        HOUSE.forEach((name, used) -> assertThat(used.stream().filter(HouseTest::isBackend).filter(other -> !other.startsWith(name + ".")))
                .as("what %s uses", name).isEmpty());
    }

    @Test
    void everyPackageIsIntroduced() throws IOException {
        List<Path> bare = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/cuda/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java"))).forEach(bare::add);
            }
        }
        assertThat(bare).as("packages without a package-info.java").isEmpty();
    }

    @Test
    void everyBackendOfTheListIsRegistered() {
        assertThat(BackendProvider.all().stream().map(BackendProvider::name))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Backend.values()).map(Backend::name).toList());
        assertThat(BackendProvider.all().stream().map(provider -> provider.getClass().getPackageName()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Backend.values())
                        .map(backend -> ROOT + ".engine." + backend.name()).collect(Collectors.toSet()));
    }
}
