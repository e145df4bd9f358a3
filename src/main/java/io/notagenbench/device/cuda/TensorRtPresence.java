package io.notagenbench.device.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

    /** What ONNX Runtime 1.29's provider is linked to, except CUDA's runtime and cuBLAS, which the build brings. */
    private static final List<String> LIBRARIES = List.of("libnvinfer.so.10", "libnvonnxparser.so.10", "libcudnn.so.9");

    private static final List<String> USUAL_FOLDERS = List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib",
            "/usr/local/cuda/lib64");

    /** Looks where the loader of this machine looks. */
    public static TensorRtPresence look() {
        return in(folders(System.getenv(), Path.of("/etc/ld.so.conf.d")));
    }

    /** Where nothing can be looked for. */
    public static TensorRtPresence unknown() {
        return in(List.of());
    }

    static TensorRtPresence in(List<Path> folders) {
        return new TensorRtPresence(LIBRARIES.stream()
                .filter(library -> folders.stream().noneMatch(folder -> Files.exists(folder.resolve(library)))).toList());
    }

    /** @param configuration folder with files that name further folders, one a line */
    static List<Path> folders(Map<String, String> environment, Path configuration) {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator)) {
            add(folders, folder);
        }
        USUAL_FOLDERS.forEach(folder -> add(folders, folder));
        files(configuration).forEach(file -> lines(file).map(String::strip).filter(line -> line.startsWith("/"))
                .forEach(line -> add(folders, line)));
        return folders;
    }

    /** Skips a name that is not a valid path here. */
    private static void add(List<Path> folders, String name) {
        try {
            if (!name.isEmpty()) {
                folders.add(Path.of(name));
            }
        } catch (InvalidPathException e) {
            // a letter that this locale does not have
        }
    }

    private static List<Path> files(Path configuration) {
        try (Stream<Path> files = Files.list(configuration)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Of a file that this user may not read there are none. */
    private static Stream<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            return Stream.empty();
        }
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
