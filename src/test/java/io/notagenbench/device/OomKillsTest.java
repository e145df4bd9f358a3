package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel's files tell of processes that it ended. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class OomKillsTest {

    private static final String POD = "sys/fs/cgroup/kubepods/pod1/memory.events";
    private static final String V2 = "sys/fs/cgroup/kubepods/pod1/box/memory.events";
    private static final String V1 = "sys/fs/cgroup/memory/slurm/job1/memory.oom_control";

    @TempDir
    Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @BeforeEach
    void machine() throws IOException {
        write("proc/sys/kernel/random/boot_id", "first\n");
        write("proc/vmstat", "nr_free_pages 1\noom_kill 5\n");
        write("proc/self/cgroup", "9:memory:/slurm/job1\n0::/kubepods/pod1/box\n");
        write("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n"
                + "36 25 0:32 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory\n");
    }

    private OomKills now() {
        return OomKills.now(root);
    }

    private KillSource sinceThen(OomKills before) {
        return now().since(before);
    }

    @Test
    void theMachineCountsWhereTheGroupIsNotTold() throws IOException {
        OomKills before = now();
        assertThat(before.groups()).isEmpty();
        assertThat(sinceThen(before)).isEqualTo(KillSource.OTHER);
        write("proc/vmstat", "oom_kill 6\n");
        assertThat(sinceThen(before)).isEqualTo(KillSource.KERNEL);
    }

    @Test
    void whatTheKernelEndedElsewhereSaysNothingOfThisGroup() throws IOException {
        write(V2, "low 0\noom 0\noom_kill 1\noom_group_kill 0\n");
        OomKills before = now();
        assertThat(before.groups().values()).containsExactly(1L);
        write("proc/vmstat", "oom_kill 6\n");
        assertThat(sinceThen(before)).isEqualTo(KillSource.OTHER);
        write(V2, "low 0\noom 1\noom_kill 4\noom_group_kill 1\n");
        assertThat(sinceThen(before)).isEqualTo(KillSource.KERNEL);
    }

    @Test
    void theFirstVersionOfGroupsIsRead() throws IOException {
        write(V1, "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        OomKills before = now();
        assertThat(before.groups().values()).containsExactly(2L);
        write(V1, "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        assertThat(sinceThen(before)).isEqualTo(KillSource.KERNEL);
    }

    @Test
    void aRestartedContainerIsComparedByTheMachine() throws IOException {
        write(V2, "oom_kill 3\n");
        OomKills before = now();
        Files.move(root.resolve(V2).getParent(), root.resolve("old"));
        write(V2, "oom_kill 0\n");
        write("proc/vmstat", "oom_kill 6\n");
        assertThat(now().groups()).doesNotContainKeys(before.groups().keySet().toArray(new String[0]));
        assertThat(sinceThen(before)).isEqualTo(KillSource.KERNEL);
    }

    @Test
    void aRestartedContainerIsComparedByThePodAroundIt() throws IOException {
        write(POD, "oom_kill 3\n");
        write(V2, "oom_kill 3\n");
        OomKills before = now();
        Files.move(root.resolve(V2).getParent(), root.resolve("old"));
        write(V2, "oom_kill 0\n");
        write("proc/vmstat", "oom_kill 6\n");
        assertThat(sinceThen(before)).as("another pod").isEqualTo(KillSource.OTHER);
        write(POD, "oom_kill 5\n");
        assertThat(sinceThen(before)).isEqualTo(KillSource.KERNEL);
    }

    @Test
    void anotherMachineOrStartTellsNothing() throws IOException {
        OomKills before = now();
        write("proc/sys/kernel/random/boot_id", "second\n");
        write("proc/vmstat", "oom_kill 9\n");
        assertThat(sinceThen(before)).isEqualTo(KillSource.UNKNOWN);
        Files.delete(root.resolve("proc/sys/kernel/random/boot_id"));
        assertThat(sinceThen(now())).isEqualTo(KillSource.UNKNOWN);
    }

    @Test
    void aKernelThatDoesNotCountTellsNothing() throws IOException {
        Files.delete(root.resolve("proc/vmstat"));
        assertThat(sinceThen(now())).isEqualTo(KillSource.UNKNOWN);
    }
}
