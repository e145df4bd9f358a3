package io.notagenbench.engine.pytorch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.Pointer;
import io.notagenbench.fault.Fault;
import java.nio.file.Path;

/**
 * PyTorch's switch for TF32: whether products of fp32 matrices on cards round their factors to ten bits. It is global
 * to the process, and neither DJL nor a script reaches it, so the functions of {@code at::Context} are called by their
 * names in the library (ATen/Context.h; the same in PyTorch 2.5 and 2.7).
 */
final class Tf32 {

    private static final String INSTANCE = "_ZN2at13globalContextEv";
    private static final String ALLOW = "_ZN2at7Context18setAllowTF32CuBLASEb";
    private static final String IS_ALLOWED = "_ZNK2at7Context15allowTF32CuBLASEv";

    /** As this class left it; nothing before the first call. */
    private static Boolean newest;

    private Tf32() {
    }

    /**
     * Switches it on or off, if it is not already. PyTorch must be running.
     *
     * @throws Fault (failed) if the environment overrides it
     */
    static synchronized void allow(boolean allowed) {
        if (newest != null && newest == allowed) {
            return;
        }
        if (isAllowed() != allowed) {
            function(ALLOW).invokeVoid(new Object[] {context(), (byte) (allowed ? 1 : 0)});
            if (isAllowed() != allowed) {
                throw Fault.failed("fp32 would be computed in TF32: unset TORCH_ALLOW_TF32_CUBLAS_OVERRIDE, or choose"
                        + " precision=tf32.");
            }
        }
        if (allowed && "0".equals(System.getenv("NVIDIA_TF32_OVERRIDE"))) {
            throw Fault.failed("precision=tf32 would be computed in fp32: unset NVIDIA_TF32_OVERRIDE, or choose"
                    + " precision=fp32.");
        }
        newest = allowed;
    }

    static boolean isAllowed() {
        return ((Number) function(IS_ALLOWED).invoke(Byte.class, new Object[] {context()})).byteValue() != 0;
    }

    private static Pointer context() {
        return function(INSTANCE).invokePointer(new Object[0]);
    }

    private static Function function(String name) {
        return Function.getFunction(Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu")).toString(),
                name);
    }
}
