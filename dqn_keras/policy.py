"""The policy gradient's parts (slides: Policy Gradient, Detour: Cross Entropy, A2C).

B is the batch, T the time steps of an episode or a rollout, A the actions.
"""

import tensorflow as tf


def sample_action(logits, rng: tf.random.Generator) -> tf.Tensor:
    """Samples an action [] int32 with the probabilities softmax(logits), logits [A].

    The Gumbel trick: the largest of logits plus Gumbel noise is distributed like that. It compiles
    where TensorFlow's categorical sampling does not draw from a `Generator`.
    """
    tiny = 1e-20  # a uniform number can be exactly 0
    uniform = rng.uniform(logits.shape)
    gumbel = -tf.math.log(-tf.math.log(uniform + tiny) + tiny)
    return tf.argmax(logits + gumbel, output_type=tf.int32)


def policy_gradient_loss(logits, actions, weights) -> tf.Tensor:
    """The sum over time of the cross-entropy -log pi(a_t|s_t) times a weight.

    The weight is the return in REINFORCE, the advantage in the actor-critics. Its gradient is the
    policy gradient with the sign turned, since an optimizer goes downhill and the slides' theta
    goes uphill.

    Args:
        logits: [T, A], the policy network's output.
        actions: [T], the actions taken.
        weights: [T]; no gradient flows through them.

    Returns:
        [] float32.
    """
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(actions, logits)  # [T]
    return tf.reduce_sum(cross_entropy * tf.stop_gradient(weights))


def entropy(logits) -> tf.Tensor:
    """The entropy of each policy, -sum pi log pi (slides: Detour, Cross Entropy).

    Logits [T, A] give [T] float32, from 0 (decided) to log A (even odds).
    """
    log_probabilities = tf.nn.log_softmax(logits)
    return -tf.reduce_sum(tf.exp(log_probabilities) * log_probabilities, axis=1)


def standardise(returns, valid) -> tf.Tensor:
    """Returns [T] with mean 0 and standard deviation 1 where `valid` [T] is True, 0 elsewhere.

    All are 0 if the returns are equal.
    """
    mask = tf.cast(valid, tf.float32)
    count = tf.reduce_sum(mask)
    mean = tf.reduce_sum(returns * mask) / count
    centred = (returns - mean) * mask
    deviation = tf.sqrt(tf.reduce_sum(tf.square(centred)) / count)
    return centred / (deviation + 1e-8)
