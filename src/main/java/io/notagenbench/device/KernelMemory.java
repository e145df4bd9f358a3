package io.notagenbench.device;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Main memory of a process as Linux counts it.
 *
 * @param folder {@code /proc/self}
 */
record KernelMemory(Path folder) implements ResidentMemory {

    static final KernelMemory OF_THIS_PROCESS = new KernelMemory(Path.of("/proc/self"));

    private static final String NOW = "VmRSS:";
    private static final String PEAK = "VmHWM:";
    private static final int KIBI = 1024;

    /** Whether both numbers are there: some sandboxes report only the present one. */
    boolean isTold() {
        try {
            List<String> lines = lines();
            return line(lines, NOW).isPresent() && line(lines, PEAK).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long now() {
        return read(NOW);
    }

    @Override
    public long peak() {
        return read(PEAK);
    }

    /** Resets the peak as proc(5) describes. */
    @Override
    public void forgetPeak() {
        try {
            Files.writeString(folder.resolve("clear_refs"), "5");
        } catch (IOException e) {
            // a kernel without it, or one that does not allow it: the peak is that of the process
        }
    }

    @Override
    public boolean isPeakKept() {
        return true;
    }

    private long read(String name) {
        try {
            return line(lines(), name).orElseThrow(() -> Fault.failed(folder.resolve("status") + " has no line " + name
                    + " profile without -prof rss here."));
        } catch (IOException e) {
            throw Fault.failed("The memory of this process cannot be read: " + e.getMessage() + "; profile without -prof"
                    + " rss here.", e);
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("status"));
    }

    private static OptionalLong line(List<String> lines, String name) {
        return lines.stream().filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI).findFirst();
    }
}
