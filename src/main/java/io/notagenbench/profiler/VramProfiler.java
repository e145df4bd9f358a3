package io.notagenbench.profiler;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Precision;
import io.notagenbench.results.ProfilerMetric;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * Memory of the card: taken before loading, the peak, and what this process holds of it. {@code -prof vram} means this
 * class.
 */
public final class VramProfiler extends CardProfiler {

    /**
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong, or NVIDIA's management library is not installed
     */
    public VramProfiler(String options) throws ProfilerException {
        super(ProfilerMetric.VRAM_PEAK.profiler(), options, (card, benchmark) -> new VramMeter(card, ProcessHandle.current().pid(),
                predicted(benchmark::getParam)));
    }

    /**
     * What the model of a benchmark, or its first part, is predicted to take on the card; empty where it has none
     * there.
     *
     * @param parameters values by name, null where the benchmark has no such parameter
     */
    static OptionalLong predicted(UnaryOperator<String> parameters) {
        String device = parameters.apply(Parameter.DEVICE.label());
        String model = parameters.apply(Parameter.MODEL.label());
        String precision = parameters.apply(Parameter.PRECISION.label());
        if (device == null || model == null || precision == null || Device.each(device).get(0).kind() == Device.Kind.CPU) {
            return OptionalLong.empty();
        }
        String window = parameters.apply(Parameter.PATCH_LENGTH.label());
        return OptionalLong.of(MemoryFit.parts(ModelSource.config(model), Precision.of(precision),
                Integer.parseInt(window == null ? Defaults.PATCH_LENGTH : window), 1, Device.each(device).get(0)).get(0).bytes());
    }

    @Override
    public String getDescription() {
        return "Memory of the card: taken before loading, the peak, and what this process holds of it";
    }
}
