package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the step of the build writes that asks git, run alone on trees of the same build file. */
class SuiteCommitTest {

    private static final Path WRITTEN = Path.of("target/classes/io/notagenbench/sweep/build.properties");

    @TempDir
    Path folder;

    private Path tree;

    private static boolean isHere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static String run(Path folder, String... command) throws Exception {
        Path out = Files.createTempFile("out", ".txt");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        assertThat(process.waitFor()).as(() -> String.join(" ", command) + ": " + read(out)).isZero();
        String text = read(out);
        Files.delete(out);
        return text.strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String git(Path folder, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "safe.directory=*"));
        command.addAll(List.of(words));
        return run(folder, command.toArray(new String[0]));
    }

    /** What the build writes into a tree. */
    private static String built(Path tree, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("mvn", "-o", "-B", "-q", "-ntp", "antrun:run@commit"));
        Optional.ofNullable(System.getProperty("maven.repo.local")).ifPresent(path -> command.add("-Dmaven.repo.local=" + path));
        command.addAll(List.of(options));
        run(tree, command.toArray(new String[0]));
        return Files.readString(tree.resolve(WRITTEN)).strip();
    }

    @BeforeEach
    void copyTheBuildFile() throws Exception {
        assumeTrue(isHere("git") && isHere("mvn"), "git and Maven are started");
        tree = Files.createDirectories(folder.resolve("a suite/tree"));
        Files.copy(Path.of("pom.xml"), tree.resolve("pom.xml"));
        Files.writeString(Files.createDirectories(tree.resolve("src")).resolve("A.java"), "class A { }\n");
        Files.writeString(tree.resolve(".gitignore"), "/target/\n");
    }

    private String commit() throws Exception {
        git(tree, "init", "-q");
        git(tree, "add", ".");
        git(tree, "commit", "-q", "-m", "one");
        return git(tree, "rev-parse", "HEAD");
    }

    @Test
    void theBuildNamesItsCommitAndSaysWhetherTheTreeWasClean() throws Exception {
        String one = commit();
        Files.writeString(tree.resolve("notes.txt"), "of a person, and in no build");
        assertThat(built(tree)).isEqualTo("commit=" + one);
        Files.writeString(tree.resolve("src/B.java"), "class B { }\n");
        assertThat(built(tree)).as("a source that git does not know").isEqualTo("commit=" + one + "-dirty");
        Files.delete(tree.resolve("src/B.java"));
        Files.writeString(tree.resolve("src/A.java"), "class A { int a; }\n");
        assertThat(built(tree)).isEqualTo("commit=" + one + "-dirty");
    }

    @Test
    void aWorktreeIsNamedByItsOwnCommit() throws Exception {
        String one = commit();
        Path worktree = folder.resolve("worktree");
        git(tree, "worktree", "add", "-q", worktree.toString(), "-b", "other");
        git(worktree, "commit", "-q", "--allow-empty", "-m", "two");
        assertThat(built(worktree)).isEqualTo("commit=" + git(worktree, "rev-parse", "HEAD")).isNotEqualTo("commit=" + one);
    }

    @Test
    void aCloneOfAnotherOwnerIsNamed() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
        String one = commit();
        run(tree, "chown", "-R", "4242:4242", ".");
        assertThat(built(tree)).isEqualTo("commit=" + one);
    }

    @Test
    void sourcesWithoutACloneAreNamedByWhatIsSaid() throws Exception {
        git(folder, "init", "-q");
        git(folder, "commit", "-q", "--allow-empty", "-m", "another project, around the unpacked sources");
        assertThat(built(tree)).isEqualTo("commit=");
        assertThat(built(tree, "-Dsuite.commit=v1")).isEqualTo("commit=v1");
    }

    @Test
    void thisBuildKnowsItsCommit() throws Exception {
        Process git = new ProcessBuilder("git", "--git-dir=.git", "rev-parse", "HEAD").redirectErrorStream(true).start();
        String head = new String(git.getInputStream().readAllBytes()).strip();
        assumeTrue(git.waitFor() == 0, "these are the sources of a clone");
        assertThat(SuiteCommit.find()).get().asString().isIn(head, head + "-dirty");
    }

    @Test
    void aCommitThatNobodyCanLookUpIsSaid() {
        assertThat(SuiteCommit.note(Optional.of("f65aa87d"))).isEmpty();
        assertThat(SuiteCommit.note(Optional.of("f65aa87d-dirty")).orElseThrow()).contains("f65aa87d-dirty", "in no commit");
        assertThat(SuiteCommit.note(Optional.empty()).orElseThrow()).contains("-Dsuite.commit=COMMIT");
    }
}
