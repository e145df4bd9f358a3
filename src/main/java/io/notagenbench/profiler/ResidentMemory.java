package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Main memory of this process as Linux counts it: heap, natives, mapped files that were touched.
 *
 * @param folder {@code /proc/self}
 */
record ResidentMemory(Path folder) {

    static final ResidentMemory OF_THIS_PROCESS = new ResidentMemory(Path.of("/proc/self"));

    private static final int KIBI = 1024;

    boolean isTold() {
        return Files.isReadable(folder.resolve("status"));
    }

    /** Bytes now. */
    long now() {
        return line("VmRSS:");
    }

    /** The most bytes since {@link #forgetPeak}, or since the process began where the kernel does not forget. */
    long peak() {
        return line("VmHWM:");
    }

    /** Lets the peak begin anew from what is there now: what proc(5) calls writing 5 into clear_refs. */
    void forgetPeak() {
        try {
            Files.writeString(folder.resolve("clear_refs"), "5");
        } catch (IOException e) {
            // a kernel without it: the peak is that of the process
        }
    }

    private long line(String name) {
        try {
            return Files.readAllLines(folder.resolve("status")).stream().filter(line -> line.startsWith(name)).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI)
                    .orElseThrow(() -> Fault.failed(folder.resolve("status") + " has no line " + name + " profile without"
                            + " -prof rss here."));
        } catch (IOException e) {
            throw Fault.failed("The memory of this process cannot be read: " + e.getMessage() + "; profile without -prof"
                    + " rss here.", e);
        }
    }
}
