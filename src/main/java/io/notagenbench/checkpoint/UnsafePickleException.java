package io.notagenbench.checkpoint;

import net.razorvine.pickle.PickleException;

/** Refuses a pickle; the message is the part of a sentence that says why. */
final class UnsafePickleException extends PickleException {

    private static final long serialVersionUID = 1L;

    UnsafePickleException(String reason) {
        super(reason);
    }
}
