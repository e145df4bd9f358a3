package io.notagenbench.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How many processes the kernel has ended for want of memory, at one moment. The numbers of two moments can be compared if
 * the machine ran on between them.
 *
 * @param boot      names the time since the kernel started; null where it does not tell
 * @param group     names the control group of this process, which a restarted container has anew; null where none is told
 * @param ofGroup   processes of that group, and of the groups in it
 * @param ofMachine processes of the whole machine; null where the kernel does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OomKills(String boot, String group, Long ofGroup, Long ofMachine) {

    private static final String NAME = "oom_kill ";
    private static final String UNIFIED = "0::";
    private static final String MEMORY = ":memory:";

    /** The numbers of this moment. */
    static OomKills now() {
        return now(Path.of("/"));
    }

    /** @param root of the file system */
    static OomKills now(Path root) {
        for (Path events : eventsOfGroup(root)) {
            Optional<Long> killed = number(events);
            if (killed.isPresent()) {
                return new OomKills(boot(root), identity(events), killed.get(), ofMachine(root));
            }
        }
        return new OomKills(boot(root), null, null, ofMachine(root));
    }

    private static String boot(Path root) {
        List<String> lines = lines(root.resolve("proc/sys/kernel/random/boot_id"));
        return lines.isEmpty() ? null : lines.get(0);
    }

    private static Long ofMachine(Path root) {
        return number(root.resolve("proc/vmstat")).orElse(null);
    }

    /** Where the group may be found, of both versions; a container sees its own group at the top. */
    private static List<Path> eventsOfGroup(Path root) {
        Path groups = root.resolve("sys/fs/cgroup");
        List<Path> events = new ArrayList<>();
        List<String> memberships = lines(root.resolve("proc/self/cgroup"));
        memberships.stream().filter(line -> line.startsWith(UNIFIED))
                .map(line -> groups.resolve(line.substring(UNIFIED.length() + 1)).resolve("memory.events")).forEach(events::add);
        events.add(groups.resolve("memory.events"));
        Path memory = groups.resolve("memory");
        memberships.stream().filter(line -> line.contains(MEMORY))
                .map(line -> memory.resolve(line.substring(line.indexOf(MEMORY) + MEMORY.length() + 1)).resolve("memory.oom_control"))
                .forEach(events::add);
        events.add(memory.resolve("memory.oom_control"));
        return events;
    }

    /** The path would be the same in every container, and may name a person. */
    private static String identity(Path events) {
        try {
            return events.getFileName() + " of " + Files.getAttribute(events.getParent(), "unix:ino");
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return null;
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
    Killer since(OomKills before) {
        if (boot == null || !boot.equals(before.boot)) {
            return Killer.UNKNOWN;
        }
        if (group != null && Objects.equals(group, before.group) && before.ofGroup != null) {
            return ofGroup > before.ofGroup ? Killer.KERNEL : Killer.OTHER;
        }
        if (ofMachine == null || before.ofMachine == null) {
            return Killer.UNKNOWN;
        }
        return ofMachine > before.ofMachine ? Killer.KERNEL : Killer.OTHER;
    }
}
