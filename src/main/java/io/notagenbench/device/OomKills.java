package io.notagenbench.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The number of processes that the kernel has killed because memory ran out, at one moment. Two moments can be compared
 * if the machine did not restart between them.
 *
 * @param boot    names the time since the kernel started; null where it does not tell
 * @param groups  in each control group around this process, the innermost first, by what tells the group from every
 *                other: a container that starts again has a new one
 * @param machine on the whole machine; null where the kernel does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OomKills(String boot, Map<String, Long> groups, Long machine) {

    private static final String NAME = "oom_kill ";

    public OomKills {
        groups = groups == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** Reads the present numbers. */
    public static OomKills now() {
        return now(Path.of("/"));
    }

    /** @param root of the file system */
    static OomKills now(Path root) {
        Map<String, Long> groups = new LinkedHashMap<>();
        for (Path events : new ControlGroups(root).memoryEvents()) {
            Optional<String> group = identity(events);
            Optional<Long> killed = number(events);
            if (group.isPresent() && killed.isPresent()) {
                groups.put(group.get(), killed.get());
            }
        }
        List<String> boot = lines(root.resolve("proc/sys/kernel/random/boot_id"));
        return new OomKills(boot.isEmpty() ? null : boot.get(0), groups, number(root.resolve("proc/vmstat")).orElse(null));
    }

    /** Identifies a group by more than its path, which is the same in every container and may name a person. */
    private static Optional<String> identity(Path events) {
        try {
            return Optional.of(events.getFileName() + " of " + Files.getAttribute(events.getParent(), "unix:ino"));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(Path file) {
        return lines(file).stream().filter(line -> line.startsWith(NAME)).map(line -> Long.valueOf(line.substring(NAME.length()).strip()))
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Who can have ended a process of this group that lived at an earlier moment and is dead now. */
    public KillSource since(OomKills before) {
        if (boot == null || !boot.equals(before.boot)) {
            return KillSource.UNKNOWN;
        }
        for (Map.Entry<String, Long> group : groups.entrySet()) {
            if (before.groups.containsKey(group.getKey())) {
                return killer(before.groups.get(group.getKey()), group.getValue());
            }
        }
        return machine == null || before.machine == null ? KillSource.UNKNOWN : killer(before.machine, machine);
    }

    private static KillSource killer(long before, long now) {
        return now > before ? KillSource.KERNEL : KillSource.OTHER;
    }
}
