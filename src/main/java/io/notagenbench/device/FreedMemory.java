package io.notagenbench.device;

import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/**
 * Native memory that was freed but that the C library keeps. After a model is loaded or closed this can be as much as
 * its weights, and would be counted as memory of the next work.
 */
public final class FreedMemory {

    private FreedMemory() {
    }

    /**
     * Gives it back to the operating system, where the C library is GNU's; other C libraries give it back by
     * themselves.
     */
    public static void giveBack() {
        if (!Platform.isLinux()) {
            return;
        }
        try {
            Jna.function("malloc_trim").invokeInt(new Object[] {new NativeLong(0)});
        } catch (UnsatisfiedLinkError e) {
            // another C library than GNU's: nothing to ask for
        }
    }
}
