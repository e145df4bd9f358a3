package io.notagenbench.profiler;

import io.notagenbench.params.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * Names the folder of a cell's profile. JMH names it after the benchmark and all its parameters, which soon is longer
 * than a file system allows; here what is at its default is left out, a path is its last name, and the rest is cut.
 */
final class ProfileFolder {

    /** Leaves room in 255 bytes for the mode that JMH appends. */
    static final int MOST_LETTERS = 160;

    private ProfileFolder() {
    }

    /** {@code cell} under a short name, its parameters moved into it; everything else is the same. */
    static BenchmarkParams shorten(BenchmarkParams cell) {
        return new BenchmarkParams(name(cell), cell.generatedBenchmark(), cell.shouldSynchIterations(),
                cell.getThreads(), cell.getThreadGroups(), cell.getThreadGroupLabels(),
                cell.getForks(), cell.getWarmupForks(), cell.getWarmup(), cell.getMeasurement(),
                cell.getMode(), new WorkloadParams(), cell.getTimeUnit(), cell.getOpsPerInvocation(),
                cell.getJvm(), cell.getJvmArgs(), cell.getJdkVersion(), cell.getVmName(), cell.getVmVersion(),
                cell.getJmhVersion(), cell.getTimeout());
    }

    private static String name(BenchmarkParams cell) {
        String method = cell.getBenchmark();
        int packageEnd = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
        StringBuilder name = new StringBuilder(method.substring(packageEnd + 1));
        for (String key : cell.getParamsKeys()) {
            String value = cell.getParam(key);
            Optional<Parameter> known = Parameter.named(key);
            if (known.isEmpty() || !known.get().defaultValue().equals(value)) {
                name.append('-').append(key).append('-').append(shortened(value));
            }
        }
        if (name.length() <= MOST_LETTERS) {
            return name.toString();
        }
        return name.substring(0, MOST_LETTERS) + '-' + hash(cell.id());
    }

    /** Letters that every file system takes; what was lost is told apart by a hash. */
    private static String shortened(String value) {
        String last = value.substring(value.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return last.equals(value) ? value : last + '-' + hash(value);
    }

    private static String hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
