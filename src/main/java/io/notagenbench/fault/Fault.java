package io.notagenbench.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * An error that a person can fix. The message is one clear sentence with the cause and, if there is one, the command
 * that fixes it. Commands print only the message, without a stack trace, and end with {@link #exitCode()}.
 */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Exit code of wrong usage: a parameter, a file or a combination that does not work. */
    public static final int USAGE = 2;

    /** Exit code of a run that failed. */
    public static final int FAILED = 1;

    private final int exitCode;

    private Fault(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** The request is wrong. */
    public static Fault usage(String sentence) {
        return new Fault(USAGE, sentence, null);
    }

    /** As {@link #usage(String)}, keeping the exception that showed it for debugging. */
    public static Fault usage(String sentence, Throwable cause) {
        return new Fault(USAGE, sentence, cause);
    }

    /** The request is right, but the run failed. */
    public static Fault failed(String sentence) {
        return new Fault(FAILED, sentence, null);
    }

    /** As {@link #failed(String)}, keeping the exception that showed it for debugging. */
    public static Fault failed(String sentence, Throwable cause) {
        return new Fault(FAILED, sentence, cause);
    }

    /**
     * Why a file could not be read or written. Java's own message for a missing permission or a missing file is only
     * the path.
     */
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
