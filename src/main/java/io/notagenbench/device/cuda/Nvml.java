package io.notagenbench.device.cuda;

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
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * NVIDIA's management library through JNA, started once for each instance. MIG, WSL2, virtual cards, containers and
 * older cards leave some questions without an answer: that is not a failure, and it is reported once in a process.
 */
public final class Nvml implements AutoCloseable {

    private static final List<String> NAMES = List.of("libnvidia-ml.so.1", "nvidia-ml", "nvml");
    private static final int INSUFFICIENT_SIZE = 7;
    private static final int FUNCTION_NOT_FOUND = 13;
    /** NVML_ERROR_NOT_SUPPORTED, NO_PERMISSION, FUNCTION_NOT_FOUND and LIB_RM_VERSION_MISMATCH in nvml.h. */
    private static final Set<Integer> UNKNOWN = Set.of(3, 4, FUNCTION_NOT_FOUND, 18);
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private final Calls calls;

    /** The functions of the library. */
    interface Calls extends AutoCloseable {

        /** Code that a function returned, 13 where the library has no such function. */
        int invoke(String function, Object... arguments);

        /** What a code means, in NVIDIA's words. */
        String words(int code);

        @Override
        void close();
    }

    private record LibraryCalls(NativeLibrary library) implements Calls {

        @Override
        public int invoke(String function, Object... arguments) {
            try {
                return library.getFunction(function).invokeInt(arguments);
            } catch (UnsatisfiedLinkError e) {
                return FUNCTION_NOT_FOUND;
            }
        }

        @Override
        public String words(int code) {
            return library.getFunction("nvmlErrorString").invokeString(new Object[] {code}, false);
        }

        @Override
        public void close() {
            library.close();
        }
    }

    private Nvml(Calls calls) {
        this.calls = calls;
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
     * @param asked what needs it
     */
    public static Fault absent(String asked) {
        return Fault.failed(asked + " needs NVIDIA's management library, and libnvidia-ml.so.1 is not found: install the"
                + " NVIDIA driver (Debian: sudo apt-get install nvidia-driver) or give the container the card (docker run"
                + " --gpus all).");
    }

    /**
     * Starts the library; empty where it answers nothing here, as when its version is not that of the driver.
     *
     * @param asked what it is for, to be named where it is missing
     * @throws Fault (failed) if it is missing or does not start
     */
    public static Optional<Nvml> open(String asked) {
        return open(new LibraryCalls(Jna.library(NAMES).orElseThrow(() -> absent(asked))));
    }

    static Optional<Nvml> open(Calls calls) {
        Nvml nvml = new Nvml(calls);
        if (nvml.isTold("nvmlInit_v2")) {
            return Optional.of(nvml);
        }
        calls.close();
        return Optional.empty();
    }

    /** The card at a place on the PCI bus, {@code 0000:65:00.0}; empty where this process may not ask it. */
    public Optional<NvmlDevice> device(String busId) {
        PointerByReference handle = new PointerByReference();
        return isTold("nvmlDeviceGetHandleByPciBusId_v2", busId, handle) ? Optional.of(new Card(handle.getValue()))
                : Optional.empty();
    }

    /**
     * The card of a number in the order of the PCI bus, which is not CUDA's; empty where this process may not ask it.
     */
    public Optional<NvmlDevice> device(int index) {
        IntByReference count = new IntByReference();
        if (!isTold("nvmlDeviceGetCount_v2", count)) {
            return Optional.empty();
        }
        if (index >= count.getValue()) {
            throw Fault.failed("There is no NVIDIA card " + index + ": nvidia-smi lists " + count.getValue() + ".");
        }
        PointerByReference handle = new PointerByReference();
        return isTold("nvmlDeviceGetHandleByIndex_v2", index, handle) ? Optional.of(new Card(handle.getValue()))
                : Optional.empty();
    }

    /** Version of the driver, {@code 550.54.14}. */
    public Optional<String> driverVersion() {
        try (Memory version = new Memory(Card.NAME_BYTES)) {
            return isTold("nvmlSystemGetDriverVersion", version, Card.NAME_BYTES) ? Optional.of(version.getString(0))
                    : Optional.empty();
        }
    }

    /**
     * Whether a question has an answer here. The first that has none is reported.
     *
     * @throws Fault (failed) if the library does not work
     */
    private boolean isTold(String function, Object... arguments) {
        return isTold(function, calls.invoke(function, arguments));
    }

    private boolean isTold(String function, int code) {
        if (code != 0 && !UNKNOWN.contains(code)) {
            throw Fault.failed("NVIDIA's management library does not answer " + function + ": " + calls.words(code)
                    + "; see what nvidia-smi says.");
        }
        if (code != 0 && REPORTED.add(function)) {
            System.err.println("NVIDIA's management library does not answer " + function + " here ("
                    + (code == FUNCTION_NOT_FOUND ? "Function Not Found" : calls.words(code)) + "): the run goes on without.");
        }
        return code == 0;
    }

    @Override
    public void close() {
        calls.invoke("nvmlShutdown");
        calls.close();
    }

    private final class Card implements NvmlDevice {

        private static final String PROCESSES = "nvmlDeviceGetComputeRunningProcesses_v3";
        private static final int NAME_BYTES = 96;
        private static final int SM_CLOCK = 1;
        private static final int MEMORY_CLOCK = 2;
        /** Of nvmlProcessInfo_t: pid, padding, bytes, two instance numbers. */
        private static final int PROCESS_BYTES = 24;
        private static final int BYTES_OFFSET = 8;
        private static final int INSTANCE_OFFSET = 16;
        /** Instance number of a process on a card without MIG. */
        private static final int NO_INSTANCE = -1;
        /** NVML_VALUE_NOT_AVAILABLE. */
        private static final long NOT_TOLD = -1;

        private final Pointer handle;

        Card(Pointer handle) {
            this.handle = handle;
        }

        @Override
        public Optional<DeviceMemory> memory() {
            // nvmlMemory_t: total, free, used
            try (Memory memory = new Memory(3 * Long.BYTES)) {
                return isTold("nvmlDeviceGetMemoryInfo", handle, memory)
                        ? Optional.of(new DeviceMemory(memory.getLong(0), memory.getLong(Long.BYTES))) : Optional.empty();
            }
        }

        @Override
        public Optional<List<ComputeProcess>> processes() {
            IntByReference count = new IntByReference(0);
            int code = calls.invoke(PROCESSES, handle, count, null);
            // one may begin between the two calls
            while (code == INSUFFICIENT_SIZE) {
                int room = count.getValue() + 1;
                count.setValue(room);
                try (Memory rows = new Memory((long) room * PROCESS_BYTES)) {
                    code = calls.invoke(PROCESSES, handle, count, rows);
                    if (code == 0) {
                        return processes(rows, count.getValue());
                    }
                }
            }
            return isTold(PROCESSES, code) ? Optional.of(List.of()) : Optional.empty();
        }

        /** With MIG the list is that of all instances, and which of them is this process's own is not told. */
        private Optional<List<ComputeProcess>> processes(Memory rows, int count) {
            List<ComputeProcess> processes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long row = (long) i * PROCESS_BYTES;
                if (rows.getInt(row + INSTANCE_OFFSET) != NO_INSTANCE) {
                    return Optional.empty();
                }
                int pid = rows.getInt(row);
                long bytes = rows.getLong(row + BYTES_OFFSET);
                processes.add(new ComputeProcess(Integer.toUnsignedLong(pid), program(pid),
                        bytes == NOT_TOLD ? OptionalLong.empty() : OptionalLong.of(bytes)));
            }
            return Optional.of(processes);
        }

        private String program(int pid) {
            int room = 256;
            try (Memory name = new Memory(room)) {
                if (calls.invoke("nvmlSystemGetProcessName", pid, name, room) != 0 || name.getString(0).isBlank()) {
                    return "unknown";
                }
                return Path.of(name.getString(0).split(" ")[0]).getFileName().toString();
            }
        }

        @Override
        public OptionalInt utilisationPercent() {
            // nvmlUtilization_t: gpu, memory
            try (Memory rates = new Memory(2 * Integer.BYTES)) {
                return isTold("nvmlDeviceGetUtilizationRates", handle, rates) ? OptionalInt.of(rates.getInt(0))
                        : OptionalInt.empty();
            }
        }

        @Override
        public OptionalLong energyMillijoules() {
            return wide("nvmlDeviceGetTotalEnergyConsumption");
        }

        @Override
        public OptionalLong powerMilliwatts() {
            return number("nvmlDeviceGetPowerUsage").stream().asLongStream().findFirst();
        }

        @Override
        public OptionalInt smMegahertz() {
            return number("nvmlDeviceGetClockInfo", SM_CLOCK);
        }

        @Override
        public OptionalInt memoryMegahertz() {
            return number("nvmlDeviceGetClockInfo", MEMORY_CLOCK);
        }

        @Override
        public OptionalInt celsius() {
            return number("nvmlDeviceGetTemperature", 0);
        }

        @Override
        public OptionalLong throttleReasons() {
            return wide("nvmlDeviceGetCurrentClocksThrottleReasons");
        }

        private OptionalLong wide(String function) {
            LongByReference value = new LongByReference();
            return isTold(function, handle, value) ? OptionalLong.of(value.getValue()) : OptionalLong.empty();
        }

        private OptionalInt number(String function) {
            IntByReference value = new IntByReference();
            return isTold(function, handle, value) ? OptionalInt.of(value.getValue()) : OptionalInt.empty();
        }

        private OptionalInt number(String function, int kind) {
            IntByReference value = new IntByReference();
            return isTold(function, handle, kind, value) ? OptionalInt.of(value.getValue()) : OptionalInt.empty();
        }
    }
}
