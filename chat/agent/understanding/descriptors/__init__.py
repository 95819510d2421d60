"""What a message says of music: typed spans with polarity, and no catalog needed."""

from chat.agent.understanding.descriptors.finding import described_in, descriptors_in
from chat.agent.understanding.descriptors.span import DescriptorSpan

__all__ = ["DescriptorSpan", "described_in", "descriptors_in"]
