package io.notagenbench.device.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether NVIDIA's TensorRT is installed, as far as files tell. It is under NVIDIA's licence and in no build.
 *
 * @param absent names of its libraries that are not found
 */
public record TensorRtPresence(List<String> absent) {

    /** What ONNX Runtime 1.29's provider is linked to beside CUDA's runtime and cuBLAS, which the build brings. */
    private static final List<String> LIBRARIES = List.of("libnvinfer.so.10", "libnvonnxparser.so.10", "libcudnn.so.9");

    private static final List<String> USUAL_FOLDERS = List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib",
            "/usr/local/cuda/lib64");

    /** Looks where the loader of this machine looks. */
    public static TensorRtPresence look() {
        return in(folders(System.getenv(), Path.of("/etc/ld.so.conf.d")));
    }

    static TensorRtPresence in(List<Path> folders) {
        return new TensorRtPresence(LIBRARIES.stream()
                .filter(library -> folders.stream().noneMatch(folder -> Files.exists(folder.resolve(library)))).toList());
    }

    /** @param configuration folder with files that name further folders, one a line */
    static List<Path> folders(Map<String, String> environment, Path configuration) {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        USUAL_FOLDERS.forEach(folder -> folders.add(Path.of(folder)));
        if (Files.isDirectory(configuration)) {
            try (Stream<Path> files = Files.list(configuration)) {
                for (Path file : files.sorted().toList()) {
                    Files.readAllLines(file).stream().map(String::strip).filter(line -> line.startsWith("/"))
                            .forEach(line -> folders.add(Path.of(line)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the folders of libraries cannot be read", e);
            }
        }
        return folders;
    }

    /** Whether all of it is here. */
    public boolean isHere() {
        return absent.isEmpty();
    }

    /**
     * What is missing before it can be used, in one sentence with the command that mends it; empty where nothing is.
     *
     * @param asked what cannot run without it: {@code provider=tensorrt}
     */
    public Optional<String> missing(String asked) {
        return isHere() ? Optional.empty()
                : Optional.of(asked + " cannot run here: " + String.join(", ", absent) + (absent.size() == 1 ? " is" : " are")
                        + " not found; install TensorRT 10 for CUDA 12 (from NVIDIA's packages for Debian: sudo apt-get install libnvinfer10"
                        + " libnvonnxparsers10 libcudnn9-cuda-12), put its folder into LD_LIBRARY_PATH, or choose provider=cuda.");
    }
}
