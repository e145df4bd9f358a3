package io.notagenbench.fault;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files, which a person or a plan may write with letters that the locale of this process does not have. */
public final class NamedPath {

    private NamedPath() {
    }

    /** @throws Fault (usage) if the name cannot be a path in this process, with the fix */
    public static Path of(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw fault(e);
        }
    }

    /** What to say of a name that cannot be a path in this process. */
    public static Fault fault(InvalidPathException e) {
        boolean letters = e.getInput().chars().anyMatch(letter -> letter > 127);
        return Fault.usage("'" + e.getInput() + "'" + (letters ? " " + foreign() : " cannot be a path: " + e.getReason() + "."), e);
    }

    /** The end of a sentence about it. */
    public static String foreign() {
        return "has letters that the locale of this process does not have, whose encoding is " + encoding()
                + ": start it again with LC_ALL=C.UTF-8 in the environment.";
    }

    /** Of names of files. */
    public static String encoding() {
        return System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    }
}
