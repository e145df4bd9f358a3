package io.notagenbench.device.cuda;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.notagenbench.device.Jna;
import io.notagenbench.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** NVIDIA's management library through JNA, started once for each instance. */
public final class Nvml implements AutoCloseable {

    private static final List<String> NAMES = List.of("libnvidia-ml.so.1", "nvidia-ml", "nvml");
    private static final int INSUFFICIENT_SIZE = 7;

    private final NativeLibrary library;

    private Nvml(NativeLibrary library) {
        this.library = library;
    }

    /** Whether the library can be loaded; calls nothing in it. */
    public static boolean isHere() {
        Optional<NativeLibrary> library = Jna.library(NAMES);
        library.ifPresent(NativeLibrary::close);
        return library.isPresent();
    }

    /**
     * What to say where the library is missing.
     *
     * @param asked what cannot be without it
     */
    public static Fault absent(String asked) {
        return Fault.failed(asked + " needs NVIDIA's management library, and libnvidia-ml.so.1 is not found: install the"
                + " NVIDIA driver (Debian: sudo apt-get install nvidia-driver) or give the container the card (docker run"
                + " --gpus all).");
    }

    /**
     * Starts the library.
     *
     * @param asked what it is for, to be named where it is missing
     * @throws Fault (failed) if it is missing or does not start
     */
    public static Nvml open(String asked) {
        Nvml nvml = new Nvml(Jna.library(NAMES).orElseThrow(() -> absent(asked)));
        nvml.call("nvmlInit_v2");
        return nvml;
    }

    /** The card at a place on the PCI bus, {@code 0000:65:00.0}. */
    public NvmlDevice device(String busId) {
        PointerByReference handle = new PointerByReference();
        call("nvmlDeviceGetHandleByPciBusId_v2", busId, handle);
        return new Card(handle.getValue());
    }

    /** The card of a number in the order of the PCI bus, which is not CUDA's. */
    public NvmlDevice device(int index) {
        IntByReference count = new IntByReference();
        call("nvmlDeviceGetCount_v2", count);
        if (index >= count.getValue()) {
            throw Fault.failed("There is no NVIDIA card " + index + ": nvidia-smi lists " + count.getValue() + ".");
        }
        PointerByReference handle = new PointerByReference();
        call("nvmlDeviceGetHandleByIndex_v2", index, handle);
        return new Card(handle.getValue());
    }

    private int invoke(String function, Object... arguments) {
        try {
            return library.getFunction(function).invokeInt(arguments);
        } catch (UnsatisfiedLinkError e) {
            throw Fault.failed("This NVIDIA driver is too old, its management library has no " + function
                    + ": install driver 525 or newer.", e);
        }
    }

    private void call(String function, Object... arguments) {
        int code = invoke(function, arguments);
        if (code != 0) {
            Function words = library.getFunction("nvmlErrorString");
            throw Fault.failed("NVIDIA's management library does not answer " + function + ": "
                    + words.invokeString(new Object[] {code}, false) + "; see what nvidia-smi says.");
        }
    }

    @Override
    public void close() {
        invoke("nvmlShutdown");
    }

    private final class Card implements NvmlDevice {

        private static final int NAME_BYTES = 96;
        private static final int SM_CLOCK = 1;
        private static final int MEMORY_CLOCK = 2;
        /** Of nvmlProcessInfo_t: pid, padding, bytes, two instance numbers. */
        private static final int PROCESS_BYTES = 24;
        private static final int BYTES_OFFSET = 8;
        /** NVML_VALUE_NOT_AVAILABLE. */
        private static final long NOT_TOLD = -1;

        private final Pointer handle;

        Card(Pointer handle) {
            this.handle = handle;
        }

        @Override
        public String name() {
            try (Memory name = new Memory(NAME_BYTES)) {
                call("nvmlDeviceGetName", handle, name, NAME_BYTES);
                return name.getString(0);
            }
        }

        @Override
        public DeviceMemory memory() {
            // nvmlMemory_t: total, free, used
            try (Memory memory = new Memory(3 * Long.BYTES)) {
                call("nvmlDeviceGetMemoryInfo", handle, memory);
                return new DeviceMemory(memory.getLong(0), memory.getLong(Long.BYTES));
            }
        }

        @Override
        public List<ComputeProcess> processes() {
            IntByReference count = new IntByReference(0);
            int code = invoke("nvmlDeviceGetComputeRunningProcesses_v3", handle, count, null);
            // one may begin between the two calls
            while (code == INSUFFICIENT_SIZE) {
                int room = count.getValue() + 1;
                count.setValue(room);
                try (Memory rows = new Memory((long) room * PROCESS_BYTES)) {
                    code = invoke("nvmlDeviceGetComputeRunningProcesses_v3", handle, count, rows);
                    if (code == 0) {
                        return processes(rows, count.getValue());
                    }
                }
            }
            if (code != 0) {
                call("nvmlDeviceGetComputeRunningProcesses_v3", handle, count, null);
            }
            return List.of();
        }

        private List<ComputeProcess> processes(Memory rows, int count) {
            List<ComputeProcess> processes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int pid = rows.getInt((long) i * PROCESS_BYTES);
                long bytes = rows.getLong((long) i * PROCESS_BYTES + BYTES_OFFSET);
                processes.add(new ComputeProcess(Integer.toUnsignedLong(pid), program(pid),
                        bytes == NOT_TOLD ? OptionalLong.empty() : OptionalLong.of(bytes)));
            }
            return processes;
        }

        private String program(int pid) {
            int room = 256;
            try (Memory name = new Memory(room)) {
                if (invoke("nvmlSystemGetProcessName", pid, name, room) != 0 || name.getString(0).isBlank()) {
                    return "unknown";
                }
                return Path.of(name.getString(0).split(" ")[0]).getFileName().toString();
            }
        }

        @Override
        public int utilisationPercent() {
            // nvmlUtilization_t: gpu, memory
            try (Memory rates = new Memory(2 * Integer.BYTES)) {
                call("nvmlDeviceGetUtilizationRates", handle, rates);
                return rates.getInt(0);
            }
        }

        @Override
        public long energyMillijoules() {
            LongByReference energy = new LongByReference();
            call("nvmlDeviceGetTotalEnergyConsumption", handle, energy);
            return energy.getValue();
        }

        @Override
        public long powerMilliwatts() {
            return number("nvmlDeviceGetPowerUsage");
        }

        @Override
        public int smMegahertz() {
            return number("nvmlDeviceGetClockInfo", SM_CLOCK);
        }

        @Override
        public int memoryMegahertz() {
            return number("nvmlDeviceGetClockInfo", MEMORY_CLOCK);
        }

        @Override
        public int celsius() {
            return number("nvmlDeviceGetTemperature", 0);
        }

        @Override
        public long throttleReasons() {
            LongByReference reasons = new LongByReference();
            call("nvmlDeviceGetCurrentClocksThrottleReasons", handle, reasons);
            return reasons.getValue();
        }

        private int number(String function) {
            IntByReference value = new IntByReference();
            call(function, handle, value);
            return value.getValue();
        }

        private int number(String function, int kind) {
            IntByReference value = new IntByReference();
            call(function, handle, kind, value);
            return value.getValue();
        }
    }
}
