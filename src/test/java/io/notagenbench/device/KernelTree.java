package io.notagenbench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of {@code /proc} and {@code /sys}, as a kernel shows them, below a folder that stands in for the root. */
record KernelTree(Path root) {

    KernelTree file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
        return this;
    }

    /** Logical processors with the names of their cores: the list of their threads. */
    KernelTree processor(int number, String threads) throws IOException {
        return file("sys/devices/system/cpu/cpu" + number + "/topology/core_cpus_list", threads);
    }

    KernelTree allowed(String list) throws IOException {
        return file("proc/self/status", "Name:\tjava\nThreads:\t20\nCpus_allowed:\tff\nCpus_allowed_list:\t" + list
                + "\nMems_allowed_list:\t0");
    }
}
