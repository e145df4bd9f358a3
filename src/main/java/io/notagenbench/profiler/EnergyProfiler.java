package io.notagenbench.profiler;

import io.notagenbench.device.cuda.NvmlDevice;
import io.notagenbench.results.ProfilerMetric;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * Energy of the card: idle, in an iteration, for an operation and for a patch. {@code -prof energy} means this class.
 */
public final class EnergyProfiler extends CardProfiler {

    /**
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong, or NVIDIA's management library is not installed
     */
    public EnergyProfiler(String options) throws ProfilerException {
        super(ProfilerMetric.ENERGY_OP.profiler(), options, (card, benchmark) -> new EnergyMeter(ProfilerMetric.ENERGY_OP,
                () -> number(card, NvmlDevice::energyMillijoules), () -> number(card, NvmlDevice::powerMilliwatts),
                System::nanoTime, LockSupport::parkNanos));
    }

    private static OptionalLong number(WatchedCard card, Function<NvmlDevice, OptionalLong> question) {
        return card.now().map(question).orElse(OptionalLong.empty());
    }

    @Override
    public String getDescription() {
        return "Energy of the card: idle, in an iteration, for an operation and for a patch";
    }
}
