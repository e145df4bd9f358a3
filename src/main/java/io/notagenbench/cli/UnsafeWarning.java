package io.notagenbench.cli;

import java.lang.reflect.Field;

/**
 * Newer JDKs print four lines about {@code sun.misc.Unsafe} when JMH 1.37 first checks the layout of its own fields. A
 * fork gets the flag that prevents it; the host JVM was started by the person, without it, and gets a mark that the
 * warning has been printed.
 */
final class UnsafeWarning {

    private static final int FIRST_TO_WARN = 24;

    private UnsafeWarning() {
    }

    static void prevent() {
        if (Runtime.version().feature() < FIRST_TO_WARN) {
            return;
        }
        try {
            Field warned = Class.forName("sun.misc.Unsafe").getDeclaredField("memoryAccessWarned");
            warned.setAccessible(true);
            warned.setBoolean(null, true);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Another JDK keeps it elsewhere: the warning is printed, and nothing else is different.
        }
    }
}
