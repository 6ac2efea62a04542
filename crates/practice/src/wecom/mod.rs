//! WeCom (企业微信): one company, its staff, customers and customer groups.
