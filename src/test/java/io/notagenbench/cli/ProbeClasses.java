package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.BenchmarkProcessor;

/** Compiles the benchmark that does what its parameters say, and one that declares several threads. */
final class ProbeClasses {

    private ProbeClasses() {
    }

    static void compile(Path classes) throws IOException {
        Path folder = Files.createDirectories(classes.resolve("probe"));
        List<Path> sources = new ArrayList<>();
        for (String name : List.of("ProbeBenchmark.java", "ThreadsBenchmark.java")) {
            try (InputStream in = ProbeClasses.class.getResourceAsStream("/cli/" + name + ".txt")) {
                Files.copy(in, folder.resolve(name));
            }
            sources.add(folder.resolve(name));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(null, files, null,
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")), null,
                    files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(new BenchmarkProcessor()));
            assertThat(task.call()).isTrue();
        }
    }
}
