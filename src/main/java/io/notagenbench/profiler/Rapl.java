package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Energy of the processor's packages, from the counters of the kernel's powercap interface (RAPL). */
final class Rapl {

    static final Path POWERCAP = Path.of("/sys/class/powercap");

    private static final int MICRO_IN_MILLI = 1000;

    private final List<Counter> packages = new ArrayList<>();

    /** A counter that overflows to 0. */
    private static final class Counter {

        private final Path file;
        private final long range;
        private long last;
        private long total;

        Counter(Path domain) throws IOException {
            file = domain.resolve("energy_uj");
            range = number(domain.resolve("max_energy_range_uj"));
            last = number(file);
        }

        long microjoules() throws IOException {
            long now = number(file);
            total += now >= last ? now - last : range - last + now;
            last = now;
            return total;
        }

        private static long number(Path file) throws IOException {
            return Long.parseLong(Files.readString(file).strip());
        }
    }

    private Rapl() {
    }

    /** Whether the machine has such counters that this user may read. */
    static boolean isReadable(Path powercap) {
        List<Path> domains = domains(powercap);
        return !domains.isEmpty() && domains.stream().allMatch(domain -> Files.isReadable(domain.resolve("energy_uj")));
    }

    /** Returns the error if the counters cannot be read. */
    static Fault absent(Path powercap) {
        return domains(powercap).isEmpty()
                ? Fault.failed("-prof rapl needs the energy counters of the processor, and this machine shows none in "
                        + powercap + ": virtual machines have none; on others load the kernel module intel_rapl_common.")
                : Fault.failed("-prof rapl needs the energy counters of the processor, which only root may read: sudo chmod a+r "
                        + powercap + "/intel-rapl:*/energy_uj");
    }

    /** Starts to count. Read before a counter overflows twice, which takes minutes. */
    static Rapl start(Path powercap) {
        Rapl rapl = new Rapl();
        try {
            for (Path domain : domains(powercap)) {
                rapl.packages.add(new Counter(domain));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return rapl;
    }

    /** Energy of all packages since {@link #start}, in millijoules. */
    synchronized long millijoules() {
        try {
            long sum = 0;
            for (Counter counter : packages) {
                sum += counter.microjoules();
            }
            return sum / MICRO_IN_MILLI;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static Fault unreadable(IOException e) {
        return Fault.failed("The energy counters cannot be read: " + e.getMessage() + "; profile without -prof rapl.", e);
    }

    /** The packages: intel-rapl:0, intel-rapl:1. A second number marks a part of one. AMD's have the same names. */
    private static List<Path> domains(Path powercap) {
        List<Path> domains = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(powercap, "intel-rapl:*")) {
            folders.forEach(folder -> {
                if (folder.getFileName().toString().matches("intel-rapl:\\d+")) {
                    domains.add(folder);
                }
            });
        } catch (IOException e) {
            return List.of();
        }
        return domains;
    }
}
