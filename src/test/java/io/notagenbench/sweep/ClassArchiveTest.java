package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    @TempDir
    private Path folder;

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void anotherBuildOrOtherFlagsHaveAnotherArchive() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "one");
        String key = ClassArchive.key(List.of(jar), List.of());
        assertThat(ClassArchive.key(List.of(jar), List.of())).isEqualTo(key);
        assertThat(ClassArchive.key(List.of(jar), List.of("-XX:-UseCompressedOops"))).isNotEqualTo(key);
        Files.writeString(jar, "another");
        assertThat(ClassArchive.key(List.of(jar), List.of())).isNotEqualTo(key);
    }

    @Test
    void classesInFoldersHaveNone() {
        ClassArchive archive = ClassArchive.ofThisProcess();
        assertThat(archive.reason()).contains("the classes are not all in jars");
        assertThat(archive.flags()).isEmpty();
        assertThat(archive.words()).isEqualTo("none, so JVMs start more slowly: the classes are not all in jars");
    }

    private Path jar(String source) throws IOException {
        Path java = Files.writeString(folder.resolve("Nothing.java"), source);
        ToolProvider.getSystemJavaCompiler().run(null, null, null, java.toString());
        Path jar = folder.resolve("a b.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("Nothing.class"));
            out.write(Files.readAllBytes(folder.resolve("Nothing.class")));
        }
        return jar;
    }

    /** By a real JVM. */
    @Test
    void itIsMadeOnceAndThenUsed() throws Exception {
        Path jar = jar("class Nothing { public static void main(String[] arguments) { } }");
        Path file = folder.resolve("classes").resolve("key.jsa");
        ClassArchive archive = new ClassArchive(file, Optional.empty());
        assertThat(archive.words()).endsWith(", made by the first sweep");
        assertThat(archive.flags()).isEmpty();

        ClassArchive made = archive.made(List.of(java(), "-cp", jar.toString(), "Nothing"));

        assertThat(made.isThere()).as(made.words()).isTrue();
        assertThat(made.flags()).contains("-XX:SharedArchiveFile=" + file);
        assertThat(Files.list(file.getParent())).containsExactly(file);
        assertThat(made.made(List.of("/no/such/java"))).as("nothing is started again").isEqualTo(made);
    }

    @Test
    void aJvmThatMakesNoneIsNoFailure() throws Exception {
        ClassArchive archive = new ClassArchive(folder.resolve("classes").resolve("key.jsa"), Optional.empty());
        ClassArchive made = archive.made(List.of(java(), "-XX:NoSuchFlag", "-version"));
        assertThat(made.reason()).contains("the JVM that was to make it ended with exit code 1");
        assertThat(archive.made(List.of("/no/such/java")).reason()).isPresent();
        assertThat(Files.list(folder.resolve("classes"))).isEmpty();
    }
}
