"""A simulated WeChat: what its servers send, in what order, how often, and what becomes of it. Signing and encrypting are wechatpy's, not ours."""
