package io.notagenbench.device;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/** Whether a person looks at a stream. Java's own {@code Console} only tells of standard input and output together. */
public final class Terminal {

    private static final int STANDARD_ERROR = 2;

    private Terminal() {
    }

    /** Whether standard error is a terminal; false where the C library cannot be asked. */
    public static boolean isStandardError() {
        try {
            String name = Platform.isWindows() ? "_isatty" : "isatty";
            return Function.getFunction(Platform.C_LIBRARY_NAME, name).invokeInt(new Object[] {STANDARD_ERROR}) != 0;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }
}
