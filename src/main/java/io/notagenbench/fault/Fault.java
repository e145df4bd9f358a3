package io.notagenbench.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Something went wrong that a person can mend: one clear sentence with the cause and, where there is one, the command
 * that fixes it. Commands print the message alone, without a stack trace, and end with {@link #exitCode()}.
 */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Exit code of wrong usage: a parameter, a file or a pair that cannot be. */
    public static final int USAGE = 2;

    /** Exit code of a run that failed. */
    public static final int FAILED = 1;

    private final int exitCode;

    private Fault(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** The person asked for something that cannot be. */
    public static Fault usage(String sentence) {
        return new Fault(USAGE, sentence, null);
    }

    /** As {@link #usage(String)}, keeping the exception that showed it for debugging. */
    public static Fault usage(String sentence, Throwable cause) {
        return new Fault(USAGE, sentence, cause);
    }

    /** The request was right and the run went wrong. */
    public static Fault failed(String sentence) {
        return new Fault(FAILED, sentence, null);
    }

    /** As {@link #failed(String)}, keeping the exception that showed it for debugging. */
    public static Fault failed(String sentence, Throwable cause) {
        return new Fault(FAILED, sentence, cause);
    }

    /** Why a file could not be read or written, in words: of a missing right Java's own message has only the path. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    public int exitCode() {
        return exitCode;
    }
}
