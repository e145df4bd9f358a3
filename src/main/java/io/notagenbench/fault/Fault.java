package io.notagenbench.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

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
    private final Outcome outcome;

    private Fault(int exitCode, Outcome outcome, String sentence, Throwable cause) {
        super(outcome == null ? sentence : outcome + ": " + sentence, cause);
        this.exitCode = exitCode;
        this.outcome = outcome;
    }

    /** The request is wrong. */
    public static Fault usage(String sentence) {
        return new Fault(USAGE, null, sentence, null);
    }

    /** As {@link #usage(String)}, keeping the exception that showed it for debugging. */
    public static Fault usage(String sentence, Throwable cause) {
        return new Fault(USAGE, null, sentence, cause);
    }

    /** The request is right, but the run failed. */
    public static Fault failed(String sentence) {
        return new Fault(FAILED, null, sentence, null);
    }

    /** As {@link #failed(String)}, keeping the exception that showed it for debugging. */
    public static Fault failed(String sentence, Throwable cause) {
        return new Fault(FAILED, null, sentence, cause);
    }

    /**
     * A failure that is an outcome of its own: a row of results has that word, and the message begins with it.
     *
     * @param outcome any but OK
     */
    public static Fault failed(Outcome outcome, String sentence) {
        return failed(outcome, sentence, null);
    }

    /** As {@link #failed(Outcome, String)}, keeping the exception that showed it for debugging. */
    public static Fault failed(Outcome outcome, String sentence, Throwable cause) {
        return new Fault(FAILED, outcome, sentence, cause);
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

    /** The outcome that it is by itself; empty where what failed does not say. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    public int exitCode() {
        return exitCode;
    }
}
