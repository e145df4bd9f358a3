package io.notagenbench.checkpoint;

/** A pickle that is not executed; the message is the part of a sentence that says why. */
final class UnsafePickleException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsafePickleException(String reason) {
        super(reason);
    }
}
