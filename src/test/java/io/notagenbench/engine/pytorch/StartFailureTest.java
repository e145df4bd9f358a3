package io.notagenbench.engine.pytorch;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads where PyTorch does not start; each case in a process of its own, which starts it once. */
class StartFailureTest {

    @TempDir
    private Path folder;
    private final Map<String, String> variables = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"pytorch-native-cpu", "pytorch-jni"})
    void missingLibrariesAreNamedWithTheFix(String jar) throws Exception {
        assertThat(generate(classPathWithout(jar), folder)).contains("PyTorch 2", "does not start: its libraries for ",
                "are not on the class path", "mvn package").doesNotContain("Offline");
    }

    @Test
    void librariesOfAnotherKindOfMachineAreNotTaken() throws Exception {
        Path properties = folder.resolve("native/lib/pytorch.properties");
        Files.createDirectories(properties.getParent());
        Files.writeString(properties, "version=2.7.1\nflavor=cpu\nclassifier=another-machine\nlibraries=libtorch.so\n");
        assertThat(generate(classPathWithout("pytorch-native-cpu") + File.pathSeparator + folder, folder))
                .contains("does not start: its libraries for ", "build the suite on such a machine").doesNotContain("Offline");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void forTheProcessorNoLibraryOfCudaIsLookedFor() throws Exception {
        Path loaded = folder.resolve("loaded");
        variables.put("LD_DEBUG", "files");
        variables.put("LD_DEBUG_OUTPUT", loaded.toString());
        generate(classPathWithout("pytorch-jni"), folder);
        StringBuilder files = new StringBuilder();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "loaded.*")) {
            for (Path log : logs) {
                files.append(Files.readString(log));
            }
        }
        assertThat(files).contains("jnidispatch").doesNotContain("file=libcudart", "file=libcuda", "nvidia");
    }

    @Test
    void aCacheFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(generate(System.getProperty("java.class.path"), file))
                .contains("libraries of PyTorch cannot be unpacked", file + ": it is not a folder", "DJL_CACHE_DIR");
    }

    @Test
    void aLibtorchThatDoesNotLoadIsNamedWithItsVariable() throws Exception {
        Files.writeString(folder.resolve(System.mapLibraryName("torch")), "no library");
        variables.put("PYTORCH_LIBRARY_PATH", folder.toString());
        assertThat(generate(System.getProperty("java.class.path"), folder)).contains("PyTorch in " + folder, "does not start: ",
                "unset PYTORCH_LIBRARY_PATH");
    }

    @Test
    void aFolderWithoutLibtorchIsNamedWithItsVariable() throws Exception {
        variables.put("PYTORCH_LIBRARY_PATH", folder.toString());
        assertThat(generate(System.getProperty("java.class.path"), folder)).contains("PYTORCH_LIBRARY_PATH=" + folder,
                "unset PYTORCH_LIBRARY_PATH");
    }

    private static String classPathWithout(String jar) {
        String path = System.getProperty("java.class.path");
        assertThat(path).contains(jar);
        return Arrays.stream(path.split(File.pathSeparator)).filter(entry -> !entry.contains(jar))
                .collect(joining(File.pathSeparator));
    }

    /** What the command prints on standard error; it fails without a stack trace. */
    private String generate(String classPath, Path cache) throws IOException, InterruptedException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
                "io.notagenbench.Main", "generate", "-p", "backend=pytorch", "-p", "patches=1");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().put("DJL_CACHE_DIR", cache.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        String text = Files.readString(err);
        assertThat(text).doesNotContain("\tat ");
        return text;
    }
}
