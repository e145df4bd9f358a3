package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.notagenbench.engine.Device;

/** ONNX Runtime in this process, started once. */
final class OnnxEnvironment {

    /**
     * ONNX Runtime 1.29 matches a regular expression against the command line of the process while it starts, recursing
     * for every character: a class path of some 4,000 characters overflows the stack of a Java thread and ends the
     * process without a word.
     */
    private static final long STACK_BYTES = 256L << 20;

    private OnnxEnvironment() {
    }

    /**
     * The environment, started on a thread whose stack is deep enough.
     *
     * @param device for CUDA, the provider's libraries are made ready before
     */
    static OrtEnvironment get(Device device) {
        if (device.kind() == Device.Kind.CUDA) {
            CudaProvider.prepare();
        }
        Thread starter = new Thread(null, OrtEnvironment::getEnvironment, "onnxruntime-start", STACK_BYTES);
        starter.start();
        boolean interrupted = false;
        while (true) {
            try {
                starter.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return OrtEnvironment.getEnvironment();
    }
}
