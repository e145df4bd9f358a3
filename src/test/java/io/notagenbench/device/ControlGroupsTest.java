package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupsTest {

    private static final long GIB = 1L << 30;
    private static final String NO_LIMIT = "9223372036854771712";

    @TempDir
    Path root;

    private KernelTree version2(String group) throws IOException {
        return new KernelTree(root).file("proc/self/cgroup", "0::" + group).file("proc/self/mountinfo",
                "24 30 0:22 / /proc rw shared:12 - proc proc rw\n35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate");
    }

    /** As Docker mounts it: the container sees the path that its host sees, and of the hierarchy its own group alone. */
    private KernelTree version1(String group, String top) throws IOException {
        return new KernelTree(root).file("proc/self/cgroup", "12:cpuset:" + group + "\n4:cpu,cpuacct:" + group + "\n3:memory:" + group
                + "\n1:name=systemd:" + group + "\n0::/").file("proc/self/mountinfo",
                "32 31 0:29 " + top + " /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
                        + "35 31 0:32 " + top + " /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                        + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw");
    }

    private ControlGroups groups() {
        return new ControlGroups(root);
    }

    @Test
    void withoutALimitThereIsNone() throws IOException {
        assertThat(groups().cpuQuota()).as("another system").isEmpty();
        assertThat(groups().memoryLimit()).isEmpty();
        version2("/").file("sys/fs/cgroup/cpu.max", "max 100000").file("sys/fs/cgroup/memory.max", "max");
        assertThat(groups().cpuQuota()).isEmpty();
        assertThat(groups().memoryLimit()).isEmpty();
        assertThat(groups().memoryLeft()).isEmpty();
        version1("/", "/").file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1").file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000")
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", NO_LIMIT);
        assertThat(groups().cpuQuota()).isEmpty();
        assertThat(groups().memoryLimit()).isEmpty();
    }

    @Test
    void theNarrowestOfAllGroupsAroundCounts() throws IOException {
        version2("/user.slice/job.scope").file("sys/fs/cgroup/user.slice/job.scope/cpu.max", "max 100000")
                .file("sys/fs/cgroup/user.slice/cpu.max", "150000 100000")
                .file("sys/fs/cgroup/user.slice/job.scope/memory.max", String.valueOf(4 * GIB))
                .file("sys/fs/cgroup/user.slice/job.scope/memory.current", String.valueOf(GIB))
                .file("sys/fs/cgroup/user.slice/memory.max", String.valueOf(2 * GIB))
                .file("sys/fs/cgroup/user.slice/memory.current", String.valueOf(GIB + GIB / 2))
                .file("sys/fs/cgroup/user.slice/memory.stat", "anon 1\ninactive_file " + GIB + "\nactive_file 3");
        assertThat(groups().cpuQuota()).hasValue(1.5);
        assertThat(groups().memoryLimit()).hasValue(2 * GIB);
        assertThat(groups().memoryLeft()).as("cached files can be dropped").hasValue(GIB + GIB / 2);
        assertThat(Cores.available(8, groups())).isEqualTo(2);
    }

    @Test
    void version1IsReadAlike() throws IOException {
        version1("/slurm/uid_7/job_9/step_0", "/").file("sys/fs/cgroup/cpu,cpuacct/slurm/uid_7/job_9/cpu.cfs_quota_us", "300000")
                .file("sys/fs/cgroup/cpu,cpuacct/slurm/uid_7/job_9/cpu.cfs_period_us", "100000")
                .file("sys/fs/cgroup/memory/slurm/uid_7/job_9/step_0/memory.limit_in_bytes", NO_LIMIT)
                .file("sys/fs/cgroup/memory/slurm/uid_7/memory.limit_in_bytes", String.valueOf(3 * GIB))
                .file("sys/fs/cgroup/memory/slurm/uid_7/memory.usage_in_bytes", String.valueOf(2 * GIB))
                .file("sys/fs/cgroup/memory/slurm/uid_7/memory.stat", "cache 5\ntotal_inactive_file " + GIB);
        assertThat(groups().cpuQuota()).hasValue(3);
        assertThat(groups().memoryLimit()).hasValue(3 * GIB);
        assertThat(groups().memoryLeft()).hasValue(2 * GIB);
    }

    @Test
    void aContainerThatSeesOnlyItsOwnGroupIsLimitedByIt() throws IOException {
        version1("/docker/0a1b", "/docker/0a1b").file("sys/fs/cgroup/memory/memory.limit_in_bytes", String.valueOf(GIB))
                .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000").file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
        assertThat(groups().memoryLimit()).hasValue(GIB);
        assertThat(groups().memoryLeft()).hasValue(GIB);
        assertThat(groups().cpuQuota()).hasValue(0.5);
        assertThat(Cores.available(8, groups())).as("a part of a CPU is one").isEqualTo(1);
    }

    @Test
    void aGroupOutsideOfWhatIsMountedIsThatOfTheMount() throws IOException {
        version2("/../../other").file("sys/fs/cgroup/memory.max", String.valueOf(GIB));
        assertThat(groups().memoryLimit()).hasValue(GIB);
    }

    @Test
    void coresAreAtMostWhatAQuotaPaysFor() throws IOException {
        version2("/").file("sys/fs/cgroup/cpu.max", "200000 100000");
        assertThat(Cores.available(16, groups())).isEqualTo(2);
        assertThat(Cores.physical(8, Cores.available(16, groups()))).isEqualTo(2);
        assertThat(Cores.physical(1, 2)).as("two threads of one core").isEqualTo(1);
    }
}
