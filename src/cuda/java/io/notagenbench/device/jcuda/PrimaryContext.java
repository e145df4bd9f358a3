package io.notagenbench.device.jcuda;

import io.notagenbench.device.cuda.CudaContext;
import io.notagenbench.device.cuda.DeviceMemory;
import java.util.function.Supplier;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;

/** The context that CUDA's runtime, and so both engines, use on a device. */
final class PrimaryContext implements CudaContext {

    private final CUdevice device;
    private final CUcontext context;
    private boolean closed;

    PrimaryContext(CUdevice device, CUcontext context) {
        this.device = device;
        this.context = context;
    }

    @Override
    public DeviceMemory memory() {
        return current(() -> {
            long[] free = new long[1];
            long[] total = new long[1];
            JCudaDriver.cuMemGetInfo(free, total);
            return new DeviceMemory(total[0], free[0]);
        });
    }

    @Override
    public void synchronize() {
        current(JCudaDriver::cuCtxSynchronize);
    }

    /** Calls the driver with this context on the calling thread, whose own is put back. */
    private <T> T current(Supplier<T> call) {
        return JCudaBinding.call("answer", () -> {
            JCudaDriver.cuCtxPushCurrent(context);
            try {
                return call.get();
            } finally {
                JCudaDriver.cuCtxPopCurrent(new CUcontext());
            }
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            JCudaBinding.call("take the context back", () -> JCudaDriver.cuDevicePrimaryCtxRelease(device));
        }
    }
}
