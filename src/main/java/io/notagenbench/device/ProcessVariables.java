package io.notagenbench.device;

import com.sun.jna.Platform;

/**
 * Environment variables of this process as native libraries read them. Java has copied the environment when it started:
 * {@link System#getenv} and child processes do not see what is set here.
 */
public final class ProcessVariables {

    private ProcessVariables() {
    }

    /**
     * Sets a variable, unless the person has set it. To be called before the library that reads it is loaded. Windows
     * keeps copies of the environment that cannot be reached from here, so nothing is set there.
     *
     * @throws io.notagenbench.fault.Fault (failed) if nothing native can be called
     */
    public static void setDefault(String name, String value) {
        if (!Platform.isWindows()) {
            Jna.function("setenv").invokeInt(new Object[] {name, value, 0});
        }
    }
}
