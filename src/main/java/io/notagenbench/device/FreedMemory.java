package io.notagenbench.device;

import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/**
 * Native memory that was freed and that the C library keeps for later. After a model is loaded or closed that can be as
 * much again as its weights, which would count as memory of whatever runs next.
 */
public final class FreedMemory {

    private FreedMemory() {
    }

    /** Gives it back to the operating system, where the C library is GNU's; others do so by themselves. */
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
