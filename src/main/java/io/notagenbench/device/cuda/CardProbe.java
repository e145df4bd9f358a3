package io.notagenbench.device.cuda;

import io.notagenbench.fault.Fault;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a card is and gives, asked of the driver alone: a program of its own, which needs none of the engines, so that
 * it can be carried to a card first. {@code cpu} instead of a device rehearses it with main memory.
 */
public final class CardProbe {

    /** Largest copy, at most an eighth of the card's memory: larger than any cache, and much longer than a launch. */
    private static final long MOST_BYTES = 8L << 30;
    private static final long HOST_BYTES = 256L << 20;
    private static final int TIMES = 10;
    private static final double GIGA = 1e9;

    private final PrintStream out;

    private CardProbe(PrintStream out) {
        this.out = out;
    }

    /** @param args {@code cuda}, {@code cuda:1} or {@code cpu} */
    public static void main(String[] args) {
        try {
            run(args.length == 0 ? "cuda" : args[0], System.out);
        } catch (Fault e) {
            System.err.println(e.getMessage());
            System.exit(e.exitCode());
        }
    }

    static void run(String device, PrintStream out) {
        if (device.equals("cpu")) {
            new CardProbe(out).mainMemory();
        } else if (device.matches("cuda(:\\d{1,3})?")) {
            new CardProbe(out).card(device.contains(":") ? Integer.parseInt(device.substring(5)) : 0);
        } else {
            throw Fault.usage("'" + device + "' is not a device: cuda, cuda:1 or cpu.");
        }
    }

    private void card(int index) {
        CudaDriver driver = CudaDriver.find().orElseThrow(() -> Fault.failed(
                "There are no CUDA natives beside the probe: build with mvn -Pcuda -DskipTests package."));
        line("devices", String.valueOf(driver.devices()));
        for (int other = 0; other < driver.devices(); other++) {
            CudaDevice device = driver.device(other);
            line("device " + other, device.name() + " at " + device.busId() + ", compute capability " + device.capability() + ", "
                    + (device.totalBytes() >> 20) + " MiB");
        }
        management(driver, index);
        try (CudaLease lease = CudaLease.take(index, 0)) {
            DeviceMemory memory = lease.memory();
            line("free memory", (memory.freeBytes() >> 20) + " of " + (memory.totalBytes() >> 20) + " MiB with a context");
            long bytes = Math.min(MOST_BYTES, memory.freeBytes() / 8);
            report(DeviceCopy.WITHIN, bytes, lease.seconds(DeviceCopy.WITHIN, bytes, TIMES));
            for (DeviceCopy copy : List.of(DeviceCopy.TO_DEVICE, DeviceCopy.TO_HOST)) {
                report(copy, HOST_BYTES, lease.seconds(copy, HOST_BYTES, TIMES));
            }
        }
    }

    /** NVIDIA's management library, as far as it answers. */
    private void management(CudaDriver driver, int index) {
        if (!Nvml.isHere()) {
            line("NVML", "not installed");
            return;
        }
        Optional<Nvml> opened = Nvml.open("the probe");
        if (opened.isEmpty()) {
            return;
        }
        try (Nvml nvml = opened.get()) {
            nvml.driverVersion().ifPresent(version -> line("driver", version));
            nvml.device(driver.device(index).busId()).ifPresent(card -> {
                card.processes().ifPresent(processes -> line("processes", String.valueOf(processes.size())));
                card.utilisationPercent().ifPresent(percent -> line("utilisation", percent + " %"));
                card.smMegahertz().ifPresent(megahertz -> line("SM clock", megahertz + " MHz"));
                card.memoryMegahertz().ifPresent(megahertz -> line("memory clock", megahertz + " MHz"));
                card.celsius().ifPresent(celsius -> line("temperature", celsius + " C"));
                card.powerMilliwatts().ifPresent(milliwatts -> line("power", milliwatts / 1000 + " W"));
                card.energyMillijoules().ifPresent(millijoules -> line("energy", millijoules / 1000 + " J since the driver was loaded"));
                card.throttleReasons().ifPresent(mask -> line("clocks held by", ThrottleReason.of(mask).toString()));
            });
        }
    }

    private void mainMemory() {
        line("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        ByteBuffer from = ByteBuffer.allocateDirect((int) HOST_BYTES);
        ByteBuffer to = ByteBuffer.allocateDirect((int) HOST_BYTES);
        to.put(0, from, 0, from.capacity());
        long start = System.nanoTime();
        for (int time = 0; time < TIMES; time++) {
            to.put(0, from, 0, from.capacity());
        }
        report(DeviceCopy.WITHIN, HOST_BYTES, (System.nanoTime() - start) / GIGA);
    }

    /** A copy within a memory reads and writes each byte. */
    private void report(DeviceCopy copy, long bytes, double seconds) {
        int passes = copy == DeviceCopy.WITHIN ? 2 : 1;
        line("copy " + copy.name().toLowerCase(Locale.ROOT), String.format(Locale.ROOT, "%.1f GB/s (%d MiB, %d times, %.1f ms each)",
                passes * TIMES * bytes / seconds / GIGA, bytes >> 20, TIMES, seconds / TIMES * 1e3));
    }

    private void line(String name, String value) {
        out.printf("%-15s %s%n", name, value);
    }
}
