package io.notagenbench.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.notagenbench.device.HostFacts;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.device.cuda.TensorRtPresence;
import java.util.List;

/**
 * What {@code doctor} found.
 *
 * @param suite    version of the suite
 * @param jmh      version of JMH
 * @param host     the machine
 * @param cuda     what CUDA needs beside a card, and whether it is there
 * @param tensorRt whether TensorRT is installed, for provider=tensorrt
 * @param engines  whether each inference engine starts here
 * @param models   whether each model fits into memory
 * @param profiler whether async-profiler runs here
 * @param folders  where the suite and its engines keep what they can make again
 * @param problems what is missing, each a sentence with its fix
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Diagnosis(String suite, String jmh, HostFacts host, CudaPresence cuda, TensorRtPresence tensorRt, List<EngineCheck> engines,
        List<ModelFit> models, ProfilerCheck profiler, List<Folder> folders, List<String> problems) {

    /**
     * One engine, really started.
     *
     * @param backend its value of {@code -p backend=}
     * @param version its name and version
     * @param seconds to start it, load the tiny model and run one forward pass; null where it failed
     * @param problem why it does not run here, null where it does
     * @param refused whether it runs nowhere with what was asked for
     * @param cards   NVIDIA cards that its kernels are for in a build with -Pcuda, with the source; null where for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EngineCheck(String backend, String version, Double seconds, String problem, boolean refused, String cards) {

        boolean runs() {
            return problem == null;
        }
    }

    /**
     * One preset.
     *
     * @param model       its value of {@code -p model=}
     * @param weightBytes its weights in fp32
     * @param neededBytes main memory that it is predicted to take, with the engine that takes more
     * @param fits        whether that much is available
     */
    record ModelFit(String model, long weightBytes, long neededBytes, boolean fits) {
    }

    /**
     * async-profiler.
     *
     * @param library the unpacked library, null where this platform has none
     * @param kernel  what the kernel lets it see, null where there is nothing to say
     * @param problem why it does not run, null where it does
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProfilerCheck(String library, String kernel, String problem) {
    }

    /**
     * A folder.
     *
     * @param purpose   what is in it
     * @param path      where it is
     * @param freeBytes free bytes of its disk; null where nothing can be written there
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Folder(String purpose, String path, Long freeBytes) {
    }

    /** Whether every engine runs that can have what was asked for, and there is one. */
    boolean canRun() {
        return engines.stream().anyMatch(EngineCheck::runs) && engines.stream().allMatch(engine -> engine.runs() || engine.refused());
    }
}
