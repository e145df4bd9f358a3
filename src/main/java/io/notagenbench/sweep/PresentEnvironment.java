package io.notagenbench.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.HostFacts;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Cell;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openjdk.jmh.util.Version;

/**
 * What a run ran on, and what was asked of it.
 *
 * @param started     when it began, or went on under other conditions
 * @param suite       version of the suite
 * @param commit      that this build was made of, {@code -dirty} where sources were changed; null where it is not known
 * @param jmh         version of JMH
 * @param engines     names and versions of the inference engines
 * @param host        the machine
 * @param loadAverage processes that wanted to run in the last minute before the run; negative where it is not known
 * @param models      SHA-256 of each model by its name
 * @param plan        name or file of the plan
 * @param shard       part of the plan that this folder holds, null where it is all of it
 * @param orderSeed   seed of the random order in each round
 * @param parameters  values of the command line
 * @param jvmFlags    flags of the JVM that the forks inherit, also those that it has from the environment
 * @param variables   environment variables that engines go by, which the forks inherit, too
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PresentEnvironment(String started, String suite, String commit, String jmh, List<String> engines, HostFacts host,
        double loadAverage, Map<String, String> models, String plan, String shard, long orderSeed,
        Map<String, List<String>> parameters, List<String> jvmFlags, Map<String, String> variables) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * OpenMP, MKL, memory allocators, PyTorch, ONNX Runtime, CUDA: each can change a time without any parameter.
     * Images for Python name their own version of PyTorch, which changes nothing here.
     */
    private static final Pattern VARIABLES = Pattern.compile("(?:G?OMP|KMP|MKL|DNNL|ONEDNN|ATEN|MALLOC|CUBLAS|TORCH|ORT)_.*"
            + "|PYTORCH_(?!(?:BUILD_)?VERSION$|HOME$).*|LD_PRELOAD"
            + "|CUDA_LAUNCH_BLOCKING|CUDA_MODULE_LOADING|NVIDIA_TF32_OVERRIDE");

    /** Looks at this machine, and at every model that the cells name. */
    public static PresentEnvironment collect(String suite, String plan, Map<String, List<String>> given, List<Cell> cells) {
        Map<String, String> models = new LinkedHashMap<>();
        cells.stream().map(cell -> cell.params().get(Parameter.MODEL.label())).filter(name -> name != null)
                .forEach(name -> models.computeIfAbsent(name, PresentEnvironment::hash));
        TreeSet<String> engines = new TreeSet<>();
        BackendProvider.all().forEach(provider -> engines.add(provider.engineVersion()));
        return new PresentEnvironment(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), suite,
                SuiteCommit.find().orElse(null), Version.getPlainVersion(), List.copyOf(engines), HostFacts.collect(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), models, plan, null, 0, given,
                InheritedFlags.ofThisProcess(), variables(System.getenv()));
    }

    /** The same environment, for one part of the plan in a given order. */
    PresentEnvironment with(String shard, long orderSeed) {
        return new PresentEnvironment(started, suite, commit, jmh, engines, host, loadAverage, models, plan, shard, orderSeed, parameters,
                jvmFlags, variables);
    }

    /** Those of a process's environment variables that belong here, by name. */
    static Map<String, String> variables(Map<String, String> all) {
        Map<String, String> chosen = new TreeMap<>(all);
        chosen.keySet().removeIf(name -> !VARIABLES.matcher(name).matches());
        return chosen;
    }

    /** The environment as the folder of a run stores it. */
    JsonNode json() {
        return JSON.valueToTree(this);
    }

    private static String hash(String model) {
        try (Weights weights = ModelSource.open(model)) {
            return weights.hash();
        }
    }
}
