package io.notagenbench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The logical processors that the kernel may run this process on: those of a cpuset, of {@code taskset}, of a batch
 * job. Two of them may be hyperthreads of one core.
 *
 * @param root of the file system: {@code /}
 */
record AllowedProcessors(Path root) {

    static final AllowedProcessors OF_THIS_PROCESS = new AllowedProcessors(Path.of("/"));

    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Returns the number of cores that they are threads of; empty if the kernel does not tell. */
    OptionalInt cores() {
        List<Optional<String>> cores = numbers().map(this::core).toList();
        long known = cores.stream().flatMap(Optional::stream).distinct().count();
        return known == 0 || cores.contains(Optional.<String>empty()) ? OptionalInt.empty() : OptionalInt.of((int) known);
    }

    /**
     * Returns their frequency governors, separated by commas; empty if the kernel does not tell, as in most virtual
     * machines.
     */
    Optional<String> governors() {
        return Optional.of(numbers().map(number -> word(folder(number).resolve("cpufreq/scaling_governor"))).filter(Objects::nonNull)
                .distinct().sorted().collect(Collectors.joining(", "))).filter(names -> !names.isEmpty());
    }

    /** Returns those that are online: the list also has places for processors that a machine may get. */
    private Stream<Integer> numbers() {
        List<String> status = lines(root.resolve("proc/self/status"));
        return status.stream().filter(line -> line.startsWith(ALLOWED)).limit(1)
                .flatMap(line -> range(line.substring(ALLOWED.length()).strip())).filter(number -> Files.isDirectory(folder(number).resolve("topology")));
    }

    /** Parses a list such as {@code 0-3,8}. */
    private static Stream<Integer> range(String list) {
        return Stream.of(list.split(",")).filter(part -> part.matches("\\d+(-\\d+)?")).flatMap(part -> {
            String[] ends = part.split("-");
            return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])).boxed();
        });
    }

    private Path folder(int number) {
        return root.resolve("sys/devices/system/cpu/cpu" + number);
    }

    /** Names a core by its threads; kernels before 5.3 have the older name alone. */
    private Optional<String> core(int number) {
        Path topology = folder(number).resolve("topology");
        return Optional.ofNullable(word(topology.resolve("core_cpus_list")))
                .or(() -> Optional.ofNullable(word(topology.resolve("thread_siblings_list"))));
    }

    private static String word(Path file) {
        return lines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse(null);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
