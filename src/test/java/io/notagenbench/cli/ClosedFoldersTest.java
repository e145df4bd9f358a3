package io.notagenbench.cli;

import static io.notagenbench.compare.RecordedRun.drawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.compare.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that this person may not read, as systemd, a disk's lost+found or a colleague leave them beside and within results. */
class ClosedFoldersTest {

    @TempDir
    Path folder;

    private final List<Path> closed = new ArrayList<>();

    private Path close(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        closed.add(path);
        return path;
    }

    private Path close(Path path) throws IOException {
        return close(Files.createDirectories(path), "---------");
    }

    @AfterEach
    void open() throws IOException {
        for (Path path : closed) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Path run(String name, long seed) throws IOException {
        return recorded(seed).write(folder.resolve(name));
    }

    private static RecordedRun recorded(long seed) {
        RecordedRun run = new RecordedRun("AMD EPYC").ok(0, drawn(seed, 5, 100, 0.01));
        run.environment().put("started", "2026-11-0" + seed + "T00:00:00Z");
        return run;
    }

    private Launch launch(String... args) throws Exception {
        return Launch.in(folder).withoutRootsRights().run(args);
    }

    @Test
    void aClosedFolderBesideTheResultsIsPassedOver() throws Exception {
        close(folder.resolve("systemd-private-1/tmp"));
        Launch sweep = launch("sweep", "Text", "-o", folder.resolve("run").toString(), "--dry-run");
        assertThat(sweep.err()).isEmpty();
        assertThat(sweep.out()).contains("TextBenchmark.decode");
        assertThat(sweep.exitCode()).isZero();
    }

    @Test
    void aClosedFolderWithinARunEndsNoCommand() throws Exception {
        Path a = run("a", 1);
        Path b = run("b", 2);
        close(a.resolve("private"));
        close(Files.writeString(a.resolve("notes.txt"), "mine"), "---------");
        close(b.resolve("logs"), "---------");
        close(a.resolve("forks.jsonl"), "---------");
        Launch compared = launch("compare", a.toString(), b.toString());
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out()).contains(" of 1 cell measured in both");
        Launch merged = launch("merge", folder.resolve("out").toString(), a.toString(), b.toString());
        assertThat(merged.exitCode()).as(merged.err()).isZero();
        assertThat(merged.err()).isEqualTo("""
                private of a is left out: you may not read it.
                notes.txt of a is left out: you may not read it.
                forks.jsonl of a is left out: you may not read it.
                logs of b is left out: you may not read it.
                """);
        assertThat(folder.resolve("out/sources/b/forks.jsonl")).exists();
        Launch reported = launch("report", a.toString());
        assertThat(reported.exitCode()).as(reported.err()).isZero();
    }

    @Test
    void aPipeWithTheNameOfAJournalIsNotWaitedFor() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        assertThat(new ProcessBuilder("mkfifo", other.resolve("journal.jsonl").toString()).start().waitFor()).isZero();
        assertThat(launch("report", other.toString()).err()).startsWith(other + " holds no run");
        assertThat(launch("sweep", "Text", "-o", folder.resolve("run").toString(), "--dry-run").exitCode()).isZero();
    }

    @Test
    void aRunThatMayNotBeReadIsNamed() throws Exception {
        Path a = recorded(1).old().write(folder.resolve("a"));
        Path b = run("b", 2);
        close(a.resolve("cells"), "---------");
        assertThat(launch("merge", folder.resolve("out").toString(), a.toString(), b.toString()).err())
                .contains("001.json may not be read by you: ask for it (chmod -R a+rX " + a.resolve("cells") + ")");
        assertThat(launch("compare", a.toString(), b.toString()).err())
                .isEqualTo(a.resolve("cells/001.json") + " cannot be read: permission denied.\n");
        close(b, "---------");
        for (String command : List.of("report", "compare", "merge")) {
            List<String> args = new ArrayList<>(List.of(command, b.toString()));
            if (!command.equals("report")) {
                args.add(1, folder.resolve("none").toString());
            }
            Launch launch = command.equals("compare") ? launch("compare", b.toString(), a.toString())
                    : launch(args.toArray(new String[0]));
            assertThat(launch.err()).as(command).startsWith(b + " may not be read by you: ask its owner to open it");
            assertThat(launch.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeTheWork() throws Exception {
        Path shut = close(Files.createDirectories(folder.resolve("shut")), "r-xr-xr-x");
        Path run = run("run", 1);
        String fix = " cannot be written: you may not write to " + shut + ". Name another folder.\n";
        for (String[] args : new String[][] {
            {"report", run.toString(), "-o", shut.toString()},
            {"report", run.toString(), "-o", shut + "/below/it"},
            {"generate", "-p", "pieces=2", "-o", shut + "/pieces"},
            {"sweep", "Text", "-o", shut + "/run"},
            {"merge", shut + "/out", run.toString()}}) {
            Launch launch = launch(args);
            assertThat(launch.err()).as(String.join(" ", args)).endsWith(fix).doesNotContain("Warning");
            assertThat(launch.exitCode()).isEqualTo(2);
            assertThat(launch.out()).isEmpty();
        }
        for (String[] args : new String[][] {{"verify", "--json", shut + "/v.json"}, {"verify", "--json", "/nothere/v.json"}}) {
            Launch launch = launch(args);
            assertThat(launch.err()).startsWith("--json " + args[2] + " cannot be written: ");
            assertThat(launch.exitCode()).isEqualTo(2);
            assertThat(launch.out()).as("nothing was verified").isEmpty();
        }
        close(Files.writeString(run.resolve("report.html"), "of another user"), "r--r--r--");
        assertThat(launch("report", run.toString()).exitCode()).as("what may be replaced is").isZero();
        close(run.resolve("tables"), "r-xr-xr-x");
        assertThat(launch("report", run.toString()).err()).contains("you may not write to " + run.resolve("tables") + ". Name another");
        close(run, "r-xr-xr-x");
        assertThat(launch("report", run.toString()).err()).contains("you may not write to " + run + ". Name another folder.");
    }
}
