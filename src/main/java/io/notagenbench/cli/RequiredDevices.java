package io.notagenbench.cli;

import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.util.List;
import java.util.Map;

/** A device that was asked for by name must be there; one that a plan names is skipped where it is not. */
final class RequiredDevices {

    private RequiredDevices() {
    }

    /** @throws Fault (failed) with what is missing */
    static void check(Map<String, List<String>> given) {
        for (String label : given.getOrDefault(Parameter.DEVICE.label(), List.of())) {
            if (Device.each(label).get(0).kind() == Device.Kind.CUDA) {
                CudaPresence.look().missing("device=" + label).ifPresent(reason -> {
                    throw Fault.failed(reason);
                });
            }
        }
    }
}
