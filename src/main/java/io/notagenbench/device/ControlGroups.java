package io.notagenbench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The limits of the control groups of this process, versions 1 and 2. The limits of all enclosing groups count as well:
 * a pod, a user's slice or a batch job limits everything that runs in it, but JDK 17 reads the innermost group only.
 *
 * @param root of the file system: {@code /}
 */
public record ControlGroups(Path root) {

    public static final ControlGroups OF_THIS_PROCESS = new ControlGroups(Path.of("/"));

    private static final String VERSION_2 = "cgroup2";
    private static final String VERSION_1 = "cgroup";

    /** Version 1 writes a number of about 2^63 for "no limit". */
    private static final long NO_LIMIT = 1L << 60;

    /**
     * A hierarchy of groups.
     *
     * @param version {@link #VERSION_1} or {@link #VERSION_2}
     * @param top     the group that is mounted
     * @param place   where it is mounted
     * @param options among them the controllers of version 1
     */
    private record Mount(String version, String top, Path place, List<String> options) {
    }

    /** Returns how many CPUs the group may keep busy at the same time; empty without a quota. */
    OptionalDouble cpuQuota() {
        return Stream.concat(
                levels(VERSION_2, "").stream().map(group -> quota(words(group.resolve("cpu.max")))),
                levels(VERSION_1, "cpu").stream().map(group -> quota(Stream.concat(words(group.resolve("cpu.cfs_quota_us")).stream(),
                        words(group.resolve("cpu.cfs_period_us")).stream()).toList())))
                .flatMapToDouble(OptionalDouble::stream).min();
    }

    /** CPUs from a quota and a period in microseconds; "max" and -1 mean no quota. */
    private static OptionalDouble quota(List<String> words) {
        if (words.size() < 2) {
            return OptionalDouble.empty();
        }
        OptionalLong quota = number(words.get(0));
        OptionalLong period = number(words.get(1));
        return quota.isPresent() && quota.getAsLong() > 0 && period.isPresent() && period.getAsLong() > 0
                ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong()) : OptionalDouble.empty();
    }

    /** Returns the bytes of main memory that the group may use; empty without a limit. */
    OptionalLong memoryLimit() {
        return memory().mapToLong(Memory::limit).min();
    }

    /** Returns the bytes that it may still use, droppable file caches included; empty without a limit. */
    OptionalLong memoryLeft() {
        return memory().mapToLong(group -> Math.max(0, group.limit - group.used)).min();
    }

    /**
     * Files in which the kernel counts processes that it kills because memory ran out, the innermost group first.
     * Version 2 counts in all groups around a process, version 1 in its own alone.
     */
    public List<Path> memoryEvents() {
        return Stream.concat(levels(VERSION_2, "").stream().map(group -> group.resolve("memory.events")),
                levels(VERSION_1, "memory").stream().limit(1).map(group -> group.resolve("memory.oom_control")))
                .filter(Files::isReadable).toList();
    }

    /** A limit, and the bytes below it that cannot be dropped. */
    private record Memory(long limit, long used) {
    }

    private Stream<Memory> memory() {
        return Stream.concat(
                levels(VERSION_2, "").stream().map(group -> memory(group, "memory.max", "memory.current", "inactive_file")),
                levels(VERSION_1, "memory").stream()
                        .map(group -> memory(group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")))
                .flatMap(Optional::stream);
    }

    private static Optional<Memory> memory(Path group, String limit, String usage, String droppable) {
        OptionalLong most = first(words(group.resolve(limit)));
        if (most.isEmpty() || most.getAsLong() >= NO_LIMIT) {
            return Optional.empty();
        }
        long cached = lines(group.resolve("memory.stat")).stream().map(line -> line.split(" ")).filter(words -> words[0].equals(droppable))
                .mapToLong(words -> number(words[1]).orElse(0)).findFirst().orElse(0);
        return Optional.of(new Memory(most.getAsLong(), Math.max(0, first(words(group.resolve(usage))).orElse(0) - cached)));
    }

    /** The folders of this process's group and of all around it that are mounted, the innermost first. */
    private List<Path> levels(String version, String controller) {
        List<Path> levels = new ArrayList<>();
        Optional<String> group = group(version, controller);
        Optional<Mount> mount = mounts().stream().filter(candidate -> candidate.version.equals(version)
                && (version.equals(VERSION_2) || candidate.options.contains(controller))).findFirst();
        if (group.isPresent() && mount.isPresent()) {
            Path top = mount.get().place;
            Path place = top.resolve(relative(group.get(), mount.get().top)).normalize();
            for (Path level = place.startsWith(top) ? place : top; level.startsWith(top); level = level.getParent()) {
                levels.add(level);
            }
        }
        return levels;
    }

    /** A container may see the path of its group as its host does, and have only that group mounted. */
    private static String relative(String group, String top) {
        boolean within = top.equals("/") || group.equals(top) || group.startsWith(top + "/");
        return within ? group.substring(top.equals("/") ? 0 : top.length()).replaceFirst("^/+", "") : "";
    }

    /** Parses lines such as {@code 4:cpu,cpuacct:/user.slice} (version 1) and {@code 0::/user.slice} (version 2). */
    private Optional<String> group(String version, String controller) {
        return lines(root.resolve("proc/self/cgroup")).stream().map(line -> line.split(":", 3)).filter(parts -> parts.length == 3)
                .filter(parts -> version.equals(VERSION_2) ? parts[0].equals("0") && parts[1].isEmpty()
                        : Arrays.asList(parts[1].split(",")).contains(controller))
                .map(parts -> parts[2]).findFirst();
    }

    /** Parses lines such as {@code 32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu}. */
    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        for (String line : lines(root.resolve("proc/self/mountinfo"))) {
            int behind = line.indexOf(" - ");
            String[] place = line.split(" ");
            String[] kind = behind < 0 ? new String[0] : line.substring(behind + " - ".length()).split(" ");
            if (kind.length >= 3 && place.length > 4 && (kind[0].equals(VERSION_1) || kind[0].equals(VERSION_2))) {
                mounts.add(new Mount(kind[0], place[3], root.resolve(place[4].substring(1)), Arrays.asList(kind[2].split(","))));
            }
        }
        return mounts;
    }

    private static List<String> words(Path file) {
        return lines(file).stream().flatMap(line -> Arrays.stream(line.strip().split("\\s+"))).toList();
    }

    private static OptionalLong first(List<String> words) {
        return words.isEmpty() ? OptionalLong.empty() : number(words.get(0));
    }

    private static OptionalLong number(String word) {
        try {
            return OptionalLong.of(Long.parseLong(word));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
