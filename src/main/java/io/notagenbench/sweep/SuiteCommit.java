package io.notagenbench.sweep;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks git for the commit of the sources that this build stands in. */
final class SuiteCommit {

    private static final int SECONDS = 10;

    private SuiteCommit() {
    }

    /** The commit, {@code -dirty} where files were changed; empty where the build stands in no clone of the suite. */
    static Optional<String> find() {
        try {
            Path build = Path.of(SuiteCommit.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path target = build.getParent();
            Path clone = target == null ? null : target.getParent();
            if (clone == null || !Files.exists(clone.resolve(".git")) || !Files.exists(clone.resolve("pom.xml"))) {
                return Optional.empty();
            }
            return describe(clone.toFile());
        } catch (URISyntaxException | IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> describe(File clone) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude", "*")
                .directory(clone).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String commit = new String(git.getInputStream().readAllBytes()).strip();
        return git.waitFor(SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? Optional.of(commit) : Optional.empty();
    }
}
