package io.notagenbench.device;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oshi.SystemInfo;

/** Instruction sets of this machine's processor, as the operating system lists them. */
public final class Processor {

    private static final List<String> BF16 = List.of("avx512bw", "avx512vl", "avx512dq");

    private Processor() {
    }

    /** Whether it multiplies int8 into sums that cannot overflow on the way; true where the system does not say. */
    public static boolean hasInt8DotProduct() {
        return flags().map(flags -> flags.contains("avx512_vnni") || flags.contains("avx_vnni") || flags.contains("asimddp"))
                .orElse(true);
    }

    /** Whether it has the instructions that oneDNN's bf16 needs on x86; true where the system does not say. */
    public static boolean hasBf16() {
        return flags().map(flags -> BF16.stream().allMatch(flags::contains) || flags.contains("avx_ne_convert")).orElse(true);
    }

    /** The words behind "flags" or "Features" of /proc/cpuinfo; empty where there are none. */
    private static Optional<String> flags() {
        Jna.require();
        return Flags.WORDS;
    }

    /** Reads the flags on first use. */
    private static final class Flags {

        private static final Optional<String> WORDS = Optional.of(String.join(" ",
                new SystemInfo().getHardware().getProcessor().getFeatureFlags()).toLowerCase(Locale.ROOT))
                .filter(words -> words.contains("avx") || words.contains("asimd") || words.contains("sse"));
    }
}
