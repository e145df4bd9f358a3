package io.notagenbench.device.cuda;

import io.notagenbench.device.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What CUDA needs in addition to a card, as far as files show. Nothing of CUDA is called, so the process that starts
 * forks may ask without taking a context on the card that they measure.
 *
 * @param inBuild       whether this build has CUDA's natives
 * @param driverVersion version of the loaded NVIDIA driver, null where none is loaded
 * @param driverLibrary whether the driver's library {@code libcuda.so.1} is found
 */
public record CudaPresence(boolean inBuild, String driverVersion, boolean driverLibrary) {

    /** Looks at this machine and this build. */
    public static CudaPresence look() {
        return new CudaPresence(CudaDriver.isInBuild(), HostFacts.loadedNvidiaDriver().orElse(null), HostFacts.hasCudaLibrary());
    }

    /** Returns what is known if no library can be looked for. */
    public static CudaPresence withoutLibrary() {
        return new CudaPresence(CudaDriver.isInBuild(), HostFacts.loadedNvidiaDriver().orElse(null), false);
    }

    /**
     * What is missing before a device can be used, in one sentence with the commands that mend it; empty where nothing
     * is.
     *
     * @param asked what cannot run without it: {@code device=cuda}
     */
    public Optional<String> missing(String asked) {
        List<String> causes = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        if (!driverLibrary && driverVersion == null) {
            causes.add("no NVIDIA driver is loaded");
            fixes.add("install the driver (Debian: sudo apt-get install nvidia-driver; nvidia-smi then lists the card)");
        } else if (!driverLibrary) {
            causes.add("the NVIDIA driver " + driverVersion + " is loaded but its library libcuda.so.1 is not found");
            fixes.add("install it (Debian: sudo apt-get install libcuda1) or give the container the card (docker run --gpus all)");
        }
        if (!inBuild) {
            causes.add("this build has no CUDA natives");
            fixes.add("build with mvn -Pcuda -DskipTests package");
        }
        return causes.isEmpty() ? Optional.empty()
                : Optional.of(asked + " cannot run here: " + String.join(" and ", causes) + "; " + String.join(", ", fixes)
                        + ", or choose device=cpu.");
    }
}
