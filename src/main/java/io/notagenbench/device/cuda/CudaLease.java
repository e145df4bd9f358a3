package io.notagenbench.device.cuda;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A device owned by this process for as long as a model lives on it: refused where it is absent, where others compute
 * on it, or where the model would not fit. Holds the context that the engine computes in.
 */
public final class CudaLease implements AutoCloseable {

    /** Memory that other processes may hold: more is work that would share the card, and disturb what is measured. */
    static final long OTHERS_BYTES = 1L << 30;

    /** Utilisation in percent that a display may cause. */
    static final int OTHERS_PERCENT = 10;

    private static final double GIB = 1 << 30;

    /**
     * Devices on which this process has found nobody else. It is not asked twice: in a container NVML knows this
     * process by a number of the host, and what it holds itself would be taken for another's.
     */
    private static final Map<Integer, FoundCard> FOUND = new ConcurrentHashMap<>();

    /** Name of the MPS server, which serves several processes on a card and computes nothing itself. */
    private static final String MPS_SERVER = "nvidia-cuda-mps-server";

    /**
     * A card when this process took it for the first time.
     *
     * @param device     as the driver describes it
     * @param beforehand memory of the whole card before this process had a context there; empty where it is not told
     */
    public record FoundCard(CudaDevice device, Optional<DeviceMemory> beforehand) {
    }

    private final CudaDevice device;
    private final CudaContext context;
    private final DeviceMemory before;

    private CudaLease(CudaDevice device, CudaContext context, DeviceMemory before) {
        this.device = device;
        this.context = context;
        this.before = before;
    }

    /**
     * Takes a device. What computes there is only looked for where NVML is installed, as it is with every driver.
     *
     * @param index       of the device
     * @param neededBytes that a model is predicted to take
     * @throws Fault (failed) if there is no such device or others compute on it; with {@code OOM_DEVICE} in front if
     *               too little of its memory is free
     */
    public static CudaLease take(int index, long neededBytes) {
        CudaDriver driver = CudaDriver.find().orElseThrow(() -> Fault.failed(
                "This build has no CUDA natives: build with mvn -Pcuda -DskipTests package, or choose device=cpu."));
        if (FOUND.containsKey(index) || !Nvml.isHere()) {
            return take(driver, Optional.empty(), index, neededBytes);
        }
        Optional<Nvml> opened = Nvml.open("device=cuda");
        if (opened.isEmpty()) {
            return take(driver, Optional.empty(), index, neededBytes);
        }
        try (Nvml nvml = opened.get()) {
            Optional<NvmlDevice> card = nvml.device(present(driver, index).busId());
            Optional<DeviceMemory> beforehand = card.flatMap(NvmlDevice::memory);
            CudaLease lease = take(driver, card, index, neededBytes);
            FOUND.put(index, new FoundCard(lease.device(), beforehand));
            return lease;
        }
    }

    static CudaLease take(CudaDriver driver, Optional<NvmlDevice> monitor, int index, long neededBytes) {
        CudaDevice device = present(driver, index);
        monitor.ifPresent(card -> refuseIfBusy(device, card));
        CudaContext context = driver.retain(index);
        try {
            DeviceMemory memory = context.memory();
            if (memory.freeBytes() < neededBytes) {
                throw Fault.failed(Outcome.OOM_DEVICE, String.format(Locale.ROOT, "device=%s is too small: the model is predicted to take %.1f GiB"
                        + " and %.1f of the %.1f GiB of %s are free; end other programs there, or choose a smaller model,"
                        + " precision or device=cpu.", device.label(), neededBytes / GIB, memory.freeBytes() / GIB,
                        memory.totalBytes() / GIB, device.name()));
            }
            return new CudaLease(device, context, memory);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private static CudaDevice present(CudaDriver driver, int index) {
        int devices = driver.devices();
        if (index >= devices) {
            throw Fault.failed("device=cuda:" + index + " is not there: the NVIDIA driver shows " + devices
                    + (devices == 1 ? " device" : " devices") + ", numbered from 0 (CUDA_VISIBLE_DEVICES hides others);"
                    + " choose one of them, or choose device=cpu.");
        }
        return driver.device(index);
    }

    /** Utilisation counts only where others could cause it: with MIG, in WSL2 and on virtual cards it is not told. */
    private static void refuseIfBusy(CudaDevice device, NvmlDevice card) {
        List<ComputeProcess> others = card.processes().orElse(List.of()).stream()
                .filter(process -> process.pid() != ProcessHandle.current().pid() && !process.name().equals(MPS_SERVER)).toList();
        if (others.isEmpty()) {
            return;
        }
        long held = others.stream().mapToLong(process -> process.bytes().orElse(0)).sum();
        OptionalInt percent = card.utilisationPercent();
        if (held > OTHERS_BYTES || percent.orElse(0) >= OTHERS_PERCENT) {
            throw Fault.failed("device=" + device.label() + " is busy" + (percent.isEmpty() ? "" : " (" + percent.getAsInt() + " %)")
                    + ": " + others.stream().map(CudaLease::words).collect(Collectors.joining(", "))
                    + "; wait until they end, or choose another device or device=cpu.");
        }
    }

    /**
     * The card of a device that this process has taken, now or before; empty where it has taken none of this number.
     */
    public static Optional<FoundCard> found(int index) {
        return Optional.ofNullable(FOUND.get(index));
    }

    private static String words(ComputeProcess process) {
        String memory = process.bytes().isEmpty() ? ""
                : String.format(Locale.ROOT, " with %.1f GiB", process.bytes().getAsLong() / GIB);
        return process.name() + " (process " + process.pid() + ")" + memory;
    }

    public CudaDevice device() {
        return device;
    }

    /** Memory of the device when it was taken. */
    public DeviceMemory before() {
        return before;
    }

    /** Memory of the device now. */
    public DeviceMemory memory() {
        return context.memory();
    }

    /** Waits until the device has done everything that was asked of it. */
    public void synchronize() {
        context.synchronize();
    }

    /** Seconds for copies, as {@link CudaContext#seconds}. */
    double seconds(DeviceCopy copy, long bytes, int times) {
        return context.seconds(copy, bytes, times);
    }

    /** Gives the context back. */
    @Override
    public void close() {
        context.close();
    }
}
