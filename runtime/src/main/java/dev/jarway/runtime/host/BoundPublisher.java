package dev.jarway.runtime.host;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A request body of a plugin, which is the plugin's code: whatever thread asks for it, it runs with the plugin's class loader. */
record BoundPublisher(BodyPublisher body, PluginCode code) implements BodyPublisher {

    @Override
    public long contentLength() {
        return code.call(body::contentLength);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        code.run(() -> body.subscribe(new BoundSubscriber(subscriber, code)));
    }

    private record BoundSubscriber(Subscriber<? super ByteBuffer> client, PluginCode code)
            implements Subscriber<ByteBuffer> {

        @Override
        public void onSubscribe(Subscription subscription) {
            client.onSubscribe(new BoundSubscription(subscription, code));
        }

        @Override
        public void onNext(ByteBuffer part) {
            client.onNext(part);
        }

        @Override
        public void onError(Throwable thrown) {
            client.onError(thrown);
        }

        @Override
        public void onComplete() {
            client.onComplete();
        }
    }

    private record BoundSubscription(Subscription body, PluginCode code) implements Subscription {

        @Override
        public void request(long count) {
            code.run(() -> body.request(count));
        }

        @Override
        public void cancel() {
            code.run(body::cancel);
        }
    }
}
