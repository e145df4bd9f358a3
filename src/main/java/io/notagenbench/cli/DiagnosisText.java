package io.notagenbench.cli;

import io.notagenbench.device.HostFacts;
import io.notagenbench.sweep.ClassArchive;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a {@link Diagnosis} for people. */
final class DiagnosisText {

    private final PrintWriter out;

    private DiagnosisText(PrintWriter out) {
        this.out = out;
    }

    static void write(Diagnosis diagnosis, PrintWriter out) {
        new DiagnosisText(out).write(diagnosis);
    }

    private void write(Diagnosis diagnosis) {
        host(diagnosis.host());
        line("natives", diagnosis.cuda().inBuild() ? "for the CPU and for CUDA 12, with its libraries"
                : "for the CPU (mvn -Pcuda builds with those for CUDA"
                + (diagnosis.cuda().driverLibrary() && diagnosis.cuda().driverVersion() == null
                ? "; in WSL2 and some containers the option is needed, since the driver shows no /proc/driver/nvidia/version)" : ")"));
        line("TensorRT", diagnosis.tensorRt().isHere() ? "found" : "not installed (only provider=tensorrt needs it)");
        heading("Engines");
        for (Diagnosis.EngineCheck engine : diagnosis.engines()) {
            line(engine.backend(), engine.version() + ": " + (engine.runs()
                    ? String.format(Locale.ROOT, "runs (started, tiny model loaded and run in %.1f s)",
                            engine.seconds())
                    : "does not run"));
        }
        heading("NVIDIA cards that a build with -Pcuda has kernels for");
        diagnosis.engines().stream().filter(engine -> engine.cards() != null)
                .forEach(engine -> line(engine.backend(), engine.cards()));
        heading("Models in fp32 on the CPU");
        for (Diagnosis.ModelFit fit : diagnosis.models()) {
            line(fit.model(), Bytes.words(fit.weightBytes()) + " of weights, needs about "
                    + Bytes.words(fit.neededBytes()) + ": " + (fit.fits() ? "fits" : "does not fit"));
        }
        heading("Profiling");
        line("async-profiler", diagnosis.profiler().problem() == null ? "runs, -prof async" : "does not run");
        if (diagnosis.profiler().kernel() != null) {
            line("kernel", diagnosis.profiler().kernel());
        }
        heading("Folders");
        for (Diagnosis.Folder folder : diagnosis.folders()) {
            line(folder.purpose(), folder.path() + (folder.freeBytes() == null ? ", not writable"
                    : ", " + Bytes.words(folder.freeBytes()) + " free"));
        }
        line("class archive", ClassArchive.ofThisProcess().words());
        problems(diagnosis.problems());
        out.flush();
    }

    private void host(HostFacts host) {
        out.println("Machine");
        line("system", host.os());
        line("processor", host.cpu() + ", " + host.physicalCores() + " physical and " + host.logicalCores()
                + " logical cores" + (host.cpuQuota() == null ? "" : String.format(Locale.ROOT, ", a quota of %.2f CPUs", host.cpuQuota()))
                + (host.governor() == null ? "" : ", governor " + host.governor()));
        line("instructions",
                host.instructionSets().isEmpty() ? "none known" : String.join(" ", host.instructionSets()));
        line("memory", Bytes.words(host.memoryBytes()) + ", " + Bytes.words(host.availableBytes()) + " available"
                + (host.inContainerLimit() ? " (limited by the container)" : ""));
        line("graphics", host.gpus().isEmpty() ? "no card found" : String.join(", ", host.gpus()));
        line("NVIDIA driver", Optional.ofNullable(host.nvidiaDriver()).orElse("not loaded")
                + (host.cudaLibrary() ? ", CUDA library found" : ", no CUDA library"));
        line("Java", host.java());
    }

    private void problems(List<String> problems) {
        if (problems.isEmpty()) {
            out.println();
            out.println("Nothing is missing.");
            return;
        }
        heading("To fix");
        problems.forEach(problem -> out.println("  - " + problem));
    }

    private void heading(String text) {
        out.println();
        out.println(text);
    }

    private void line(String name, String text) {
        out.printf("  %-15s %s%n", name, text);
    }
}
