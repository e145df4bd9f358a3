package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.BenchmarkProcessor;

/** Compiles the benchmark that does what its parameters say. */
final class ProbeClasses {

    private ProbeClasses() {
    }

    static void compile(Path classes) throws IOException {
        Path source = Files.createDirectories(classes.resolve("probe")).resolve("ProbeBenchmark.java");
        try (InputStream in = ProbeClasses.class.getResourceAsStream("/cli/ProbeBenchmark.java.txt")) {
            Files.copy(in, source);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(null, files, null,
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")), null,
                    files.getJavaFileObjects(source));
            task.setProcessors(List.of(new BenchmarkProcessor()));
            assertThat(task.call()).isTrue();
        }
    }
}
