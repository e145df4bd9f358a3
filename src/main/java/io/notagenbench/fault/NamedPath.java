package io.notagenbench.fault;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Turns the name of a file into a path, even if the locale of this process does not have all of its letters. */
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

    /** The fault for a name that this process cannot use as a path. */
    public static Fault fault(InvalidPathException e) {
        boolean letters = e.getInput().chars().anyMatch(letter -> letter > 127);
        String what = letters ? foreign() : "cannot be a path: " + e.getReason() + ".";
        return Fault.usage("'" + e.getInput() + "' " + what, e);
    }

    /** The end of a sentence about a name with letters that the locale does not have. */
    public static String foreign() {
        return "has letters that the locale of this process does not have, whose encoding is " + encoding()
                + ": start it again with LC_ALL=C.UTF-8 in the environment.";
    }

    /** The encoding of the names of files. */
    public static String encoding() {
        return System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    }
}
