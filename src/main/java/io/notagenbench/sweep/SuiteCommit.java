package io.notagenbench.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** The commit that this jar was built from, written into the jar by the build: the clone may have newer commits by now. */
public final class SuiteCommit {

    private static final String FILE = "build.properties";

    private SuiteCommit() {
    }

    /** The commit, {@code -dirty} where sources were changed; empty where git told the build none. */
    public static Optional<String> find() {
        try (InputStream in = SuiteCommit.class.getResourceAsStream(FILE)) {
            Properties build = new Properties();
            if (in != null) {
                build.load(in);
            }
            return Optional.of(build.getProperty("commit", "")).filter(commit -> !commit.isBlank());
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is not whole: " + FILE, e);
        }
    }

    /** A warning if the sources of this build cannot be looked up by its commit; empty if they can. */
    public static Optional<String> note() {
        return note(find());
    }

    static Optional<String> note(Optional<String> commit) {
        if (commit.isEmpty()) {
            return Optional.of("The results will not name a commit: git told none when the suite was built (build in a clone, or with"
                    + " -Dsuite.commit=COMMIT).");
        }
        return commit.filter(known -> known.endsWith("-dirty"))
                .map(known -> "The results will name " + known + ": the suite was built with changes that are in no commit.");
    }
}
