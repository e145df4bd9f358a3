package io.notagenbench.device;

import com.sun.jna.Platform;
import io.notagenbench.fault.Fault;

/** Whether a stream is a terminal. Java's own {@code Console} knows only standard input and output together. */
public final class Terminal {

    private static final int STANDARD_ERROR = 2;

    private Terminal() {
    }

    /** Whether standard error is a terminal; false where the C library cannot be asked. */
    public static boolean isStandardError() {
        try {
            String name = Platform.isWindows() ? "_isatty" : "isatty";
            return Jna.function(name).invokeInt(new Object[] {STANDARD_ERROR}) != 0;
        } catch (Fault | UnsatisfiedLinkError e) {
            return false;
        }
    }
}
