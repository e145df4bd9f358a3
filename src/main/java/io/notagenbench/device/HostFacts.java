package io.notagenbench.device;

import com.sun.jna.NativeLibrary;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.util.Constants;

/**
 * Facts about the host. No context is created on a graphics card.
 *
 * @param name             of the host, as the network knows it
 * @param os               operating system and its version
 * @param cpu              model of the processor
 * @param physicalCores    physical cores that this process may use, at most as many as its quota pays for
 * @param logicalCores     logical cores that this process may use, likewise
 * @param cpuQuota         CPUs that its control groups let it keep busy, null where they set no quota
 * @param governor         what the kernel sets the clocks of its cores by; null where that is not told
 * @param instructionSets  vector and matrix instruction sets that inference engines look for, as the kernel names them
 * @param memoryBytes      main memory that this process may use: of the host or of its container, whichever is less
 * @param availableBytes   main memory that is free or can be freed
 * @param inContainerLimit whether a container allows less memory than the host has
 * @param memoryLimitBytes of its control groups, null where they allow all that the host has
 * @param gpus             graphics cards, as the operating system names them
 * @param nvidiaDriver     version of the NVIDIA driver, null where none is loaded
 * @param cudaLibrary      whether the CUDA driver's library can be loaded
 * @param java             version and maker of the running JDK
 */
public record HostFacts(String name, String os, String cpu, int physicalCores, int logicalCores, Double cpuQuota, String governor,
        List<String> instructionSets, long memoryBytes, long availableBytes, boolean inContainerLimit, Long memoryLimitBytes, List<String> gpus, String nvidiaDriver,
        boolean cudaLibrary, String java) {

    private static final Set<String> VECTOR_SETS = Set.of("sse4_2", "avx", "avx2", "fma", "f16c", "avx512f", "avx512bw",
            "avx512_vnni", "avx512_bf16", "avx512_fp16", "avx_vnni", "amx_tile", "amx_bf16", "amx_int8", "amx_fp16",
            "asimd", "asimdhp", "asimddp", "bf16", "i8mm", "sve", "sve2", "sme");

    /** The driver's library, by its names on Linux and on Windows. */
    private static final List<String> CUDA = List.of("cuda", "libcuda.so.1", "nvcuda");
    private static final String UNKNOWN = "unknown";
    private static final Path NVIDIA = Path.of("/proc/driver/nvidia");
    private static final Pattern DRIVER = Pattern.compile("Kernel Module.*? (\\d+(\\.\\d+)+)");

    public HostFacts {
        instructionSets = List.copyOf(instructionSets);
        gpus = List.copyOf(gpus);
    }

    /** Asks the operating system; takes some tenths of a second. */
    public static HostFacts collect() {
        Jna.require();
        SystemInfo system = new SystemInfo();
        HardwareAbstractionLayer hardware = system.getHardware();
        CentralProcessor processor = hardware.getProcessor();
        GlobalMemory memory = hardware.getMemory();
        ControlGroups groups = ControlGroups.OF_THIS_PROCESS;
        long limit = limit(groups);
        boolean limited = limit < memory.getTotal();
        return new HostFacts(
                system.getOperatingSystem().getNetworkParams().getHostName(),
                system.getOperatingSystem() + ", kernel " + System.getProperty("os.version"),
                processor.getProcessorIdentifier().getName().strip(),
                Cores.physical(), Cores.available(), quota(groups), AllowedProcessors.OF_THIS_PROCESS.governors().orElse(null),
                instructionSets(processor.getFeatureFlags()),
                limited ? limit : memory.getTotal(),
                available(memory),
                limited,
                limited ? limit : null,
                hardware.getGraphicsCards().stream().filter(card -> !card.getName().equals(Constants.UNKNOWN))
                        .map(card -> card.getName() + " (" + card.getVendor() + ")").toList(),
                loadedNvidiaDriver().orElse(null),
                hasCudaLibrary(),
                runningJava());
    }

    /** Returns {@link #availableBytes} alone: for forks, which open no library of a card that they do not measure. */
    public static long availableNow() {
        Jna.require();
        return available(new SystemInfo().getHardware().getMemory());
    }

    private static long available(GlobalMemory memory) {
        ControlGroups groups = ControlGroups.OF_THIS_PROCESS;
        if (limit(groups) >= memory.getTotal()) {
            return memory.getAvailable();
        }
        return Math.min(memory.getAvailable(), groups.memoryLeft().orElseGet(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getFreeMemorySize));
    }

    private static long limit(ControlGroups groups) {
        return Math.min(groups.memoryLimit().orElse(Long.MAX_VALUE),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }

    /** The facts that Java itself knows, for a machine on which OSHI fails. */
    public static HostFacts ofJava() {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new HostFacts(UNKNOWN, System.getProperty("os.name") + ", kernel " + System.getProperty("os.version"), UNKNOWN,
                Cores.available(), Cores.available(), quota(ControlGroups.OF_THIS_PROCESS), null, List.of(), process.getTotalMemorySize(),
                process.getFreeMemorySize(), false, null, List.of(),
                loadedNvidiaDriver().orElse(null), false, runningJava());
    }

    private static Double quota(ControlGroups groups) {
        OptionalDouble quota = groups.cpuQuota();
        return quota.isPresent() ? quota.getAsDouble() : null;
    }

    private static String runningJava() {
        return System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("java.vendor");
    }

    /** Version of the NVIDIA driver that is loaded on this machine. */
    public static Optional<String> loadedNvidiaDriver() {
        return nvidiaDriver(NVIDIA.resolve("version"));
    }

    /** Whether the CUDA driver's library can be loaded; calls nothing in it. */
    public static boolean hasCudaLibrary() {
        Optional<NativeLibrary> library = Jna.library(CUDA);
        library.ifPresent(NativeLibrary::close);
        return library.isPresent();
    }

    /** Returns those of {@link #VECTOR_SETS} that the operating system lists. */
    static List<String> instructionSets(List<String> lines) {
        Set<String> found = new TreeSet<>();
        for (String line : lines) {
            Arrays.stream(line.toLowerCase(Locale.ROOT).split("[^a-z0-9_]+")).filter(VECTOR_SETS::contains)
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** The version in the file with which the loaded NVIDIA kernel module names itself. */
    static Optional<String> nvidiaDriver(Path file) {
        try {
            Matcher matcher = DRIVER.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
